"""Fall Line: optimizers on their way downhill."""

import os

bytearray(1 << 24)
"""The C library keeps freed memory for later, up to twice the largest block freed so far (mallopt(3), glibc); by itself
it gives back what a reply of a megabyte took, and taking it again, page by page, is a fifth of the time of the next."""

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Read as NumPy is imported: on matrices as small as these, threads wait for each other longer than they compute."""
