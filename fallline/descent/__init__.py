"""A run: an optimizer's rule, applied step by step to a problem."""

from fallline.descent.rows import Block, Phase, Row
from fallline.descent.rule_method import RuleMethod
from fallline.descent.run import Run, StartError
from fallline.descent.setup import Setup
from fallline.descent.stops import End, Stop, StopReason
from fallline.optimizers.method import Method, MethodError

__all__ = [
    "Block", "End", "Method", "MethodError", "Phase", "Row", "RuleMethod", "Run", "Setup", "StartError", "Stop",
    "StopReason",
]  # fmt: skip
