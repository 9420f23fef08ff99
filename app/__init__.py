"""Fall Line: optimizers on their way downhill."""

import os

__version__ = "0.1.0"

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Read as NumPy is imported: on matrices as small as these, threads wait for each other longer than they compute."""
