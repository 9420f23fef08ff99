"""The run: an optimizer's rule, step by step, on a problem."""

from app.descent.run import Block, Run, Setup, StartError
from app.descent.stops import End, Stop, StopReason

__all__ = ["Block", "End", "Run", "Setup", "StartError", "Stop", "StopReason"]
