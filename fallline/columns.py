"""The columns of a run, as replies, streams and results name them."""

STEP_FIELDS = ("gradient", "learning_rate", "step_size", "batch")
"""Those that have an entry for each step, so one less than there are rows."""

FIELDS = ("parameters", "loss", *STEP_FIELDS, "evaluations")
"""All of them, in the order of a reply."""

BY_NAME = ("parameters", "gradient", "evaluations")
"""Those that are several lists by name: one for each parameter, or for each thing that is evaluated."""
