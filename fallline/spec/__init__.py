"""The spec, a value that states a request for runs completely: its models, its query, and the plan built from it."""
