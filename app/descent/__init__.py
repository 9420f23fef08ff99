"""The run: an optimizer's rule, step by step, on a problem."""

from app.descent.method import Method, MethodError, RuleMethod
from app.descent.phase import Phase
from app.descent.rows import Block, Row
from app.descent.run import Run, StartError
from app.descent.setup import Setup
from app.descent.stops import End, Stop, StopReason

__all__ = [
    "Block", "End", "Method", "MethodError", "Phase", "Row", "RuleMethod", "Run", "Setup", "StartError", "Stop",
    "StopReason",
]  # fmt: skip
