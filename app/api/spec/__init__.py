"""The spec: the one value that says everything about a run, its models, its query form, and what it builds."""
