"""`python -m fallline` runs the command `fallline` of the environment of that Python."""

import sys
from importlib.metadata import entry_points

if __name__ == "__main__":
    (command,) = entry_points(group="console_scripts", name="fallline")
    sys.exit(command.load()())
