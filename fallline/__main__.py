"""`python -m fallline` is the command `fallline`, in whatever environment that Python is."""

import sys
from importlib.metadata import entry_points

if __name__ == "__main__":
    (command,) = entry_points(group="console_scripts", name="fallline")
    sys.exit(command.load()())
