"""A run as a program that anyone can take home: plain Python, or PyTorch."""

from app.descent.programs.python import PythonProgram
from app.descent.programs.torch import TorchProgram

__all__ = ["PythonProgram", "TorchProgram"]
