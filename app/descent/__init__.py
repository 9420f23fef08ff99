"""The run: an optimizer's rule, step by step, on a problem."""

from app.descent.run import Block, Run, StartError
from app.descent.setup import Phase, Setup
from app.descent.stops import End, Stop, StopReason

__all__ = ["Block", "End", "Phase", "Run", "Setup", "StartError", "Stop", "StopReason"]
