"""What comes of a spec, as Python has it: with tables, and with pictures in a notebook, in a file and moving."""
