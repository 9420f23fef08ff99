"""A run as a program that anyone can take home and read: plain Python, or PyTorch."""

from app.programs.program import Program
from app.programs.python import PythonProgram
from app.programs.pytorch import TorchProgram

__all__ = ["PROGRAMS", "Program", "PythonProgram", "TorchProgram"]

PROGRAMS: dict[str, type[Program]] = {"python": PythonProgram, "pytorch": TorchProgram}
"""Language -> the program in it; the first is the default."""
