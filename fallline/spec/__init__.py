"""The spec, one value that says everything about a request for runs: its models, its query, and the plan made of it."""
