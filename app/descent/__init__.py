"""The run: an optimizer's rule, step by step, on a problem."""

from app.descent.rows import Block, Row
from app.descent.run import Run, StartError
from app.descent.setup import Phase, Setup
from app.descent.stops import End, Stop, StopReason

__all__ = ["Block", "End", "Phase", "Row", "Run", "Setup", "StartError", "Stop", "StopReason"]
