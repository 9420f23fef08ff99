"""A run as a program that anyone can take home: plain Python, or PyTorch."""

from app.descent.programs.python import PythonProgram
from app.descent.programs.skeleton import NoProgramError, Program
from app.descent.programs.torch import TorchProgram

__all__ = ["PROGRAMS", "NoProgramError", "Program", "PythonProgram", "TorchProgram"]

PROGRAMS: dict[str, type[Program]] = {"python": PythonProgram, "pytorch": TorchProgram}
"""Language -> the program in it; the first is the default."""
