"""A run as a program for download: plain Python, or PyTorch."""

from fallline.programs.languages import PythonProgram, TorchProgram
from fallline.programs.program import Program

__all__ = ["PROGRAMS", "Program", "PythonProgram", "TorchProgram"]

PROGRAMS: dict[str, type[Program]] = {"python": PythonProgram, "pytorch": TorchProgram}
"""Language -> the class of programs in it; the first is the default."""
