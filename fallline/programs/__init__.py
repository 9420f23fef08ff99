"""A run as a program that anyone can take home and read: plain Python, or PyTorch."""

from fallline.programs.languages import PythonProgram, TorchProgram
from fallline.programs.program import Program

__all__ = ["PROGRAMS", "Program", "PythonProgram", "TorchProgram"]

PROGRAMS: dict[str, type[Program]] = {"python": PythonProgram, "pytorch": TorchProgram}
"""Language -> the program in it; the first is the default."""
