"""Specs of every kind of problem and of end, and what to hold a result to."""

BOWL = {"problem": {"surface": "bowl"}, "optimizers": [{"name": "gd", "learning_rate": 0.1}], "stop": {"max_steps": 20}}

SPECS = {
    "surface": {
        "problem": {"surface": "himmelblau"},
        "start": [1, 5],
        "optimizers": [
            {"name": "adam", "learning_rate": 0.1, "schedule": {"name": "exponential", "decay": 0.99}},
            {"name": "gd", "learning_rate": 0.002, "changes": [{"at": 40, "name": "momentum", "learning_rate": 0.01}]},
            {"rule": "w = w - lr*g", "learning_rate": 0.0005, "label": "<b>mine</b>"},
        ],
        "stop": {"max_steps": 1500, "min_step_size": 1e-4},
    },
    "diverged": {
        "problem": {"expression": "x**2"},
        "optimizers": [{"name": "gd", "learning_rate": 2}, {"name": "gd", "learning_rate": 0.1, "noise": 0.5}],
        "stop": {"max_steps": 400},
        "seed": 3,
    },
    "batches": {
        "problem": {"dataset": "shoe_size", "standardize": True},
        "optimizers": [{"name": "sgd", "learning_rate": 0.01}, {"name": "gd", "learning_rate": 0.01}],
        "stop": {"max_steps": 100},
    },
    "network": {
        "problem": {"network": {"dataset": "xor", "hidden": [2]}},
        "optimizers": [{"name": "adam", "learning_rate": 0.1}],
        "stop": {"max_steps": 30},
    },
    "no step": {**BOWL, "stop": {"target_loss": 1e9}},
}


def plain(result):
    """A result as the JSON of the API has it."""
    return {**result.reply, "runs": [{name: plain_values(each) for name, each in run.reply.items()} for run in result]}


def plain_values(value):
    if isinstance(value, dict):
        return {name: plain_values(each) for name, each in value.items()}
    return value.tolist() if hasattr(value, "tolist") else value
