"""Fall Line: optimizers on their way downhill."""

__version__ = "0.1.0"
