"""Make network_steps.json: every value of the way forward in small networks, as the API's working of a step has it.

.venv/bin/python -m tests.golden.with_server_network

The page goes forward itself, in each frame, and is held to these numbers (tests/js/math/network.test.ts).
"""

from pathlib import Path

from cases import a_line_each
from starlette.testclient import TestClient

from app.main import create_app
from app.server.settings import Settings

GIVEN = [
    {"dataset": "xor"},
    {"dataset": "xor", "activation": "sigmoid", "hidden": [2, 3]},
    {"dataset": "xor", "activation": "relu", "loss": "cross_entropy", "hidden": [4]},
    {"dataset": "xor", "activation": "linear", "hidden": []},
    {"dataset": "house_prices"},
]
T, SEED, BATCH = 20, 3, 2


def values(equations):
    return [equation["value"] for equation in equations]


def case(client, network):
    body = {
        "problem": {"network": network},
        "optimizers": [{"name": "gd", "learning_rate": 0.1, "batch_size": BATCH}],
        "stop": {"max_steps": T},
        "seed": SEED,
        "t": T,
    }
    reply = client.post("/api/v1/trajectories/step", json=body)
    reply.raise_for_status()
    step = reply.json()
    used = client.post("/api/v1/trajectories", json={key: value for key, value in body.items() if key != "t"}).json()
    return {
        "shape": {
            "sizes": [len(step["samples"][0]["input"]), *(len(layer["preactivation"]) for layer in step["samples"][0]["layers"])],
            "activation": used["problem"]["network"]["activation"],
            "output": "sigmoid" if used["problem"]["network"]["loss"] == "cross_entropy" else "linear",
            "loss": used["problem"]["network"]["loss"],
        },
        "parameters": list(step["before"].values()),
        "samples": [
            {
                "inputs": sample["input"],
                "target": sample["target"],
                "z": [values(layer["preactivation"]) for layer in sample["layers"]],
                "a": [values(layer["activation"]) for layer in sample["layers"]],
                "loss": sample["error"]["value"],
            }
            for sample in step["samples"]
        ],
    }  # fmt: skip


def main():
    with TestClient(create_app(Settings())) as client:
        cases = [case(client, network) for network in GIVEN]
    path = Path(__file__).with_name("network_steps.json")
    path.write_text(f'{{"t":{T},"seed":{SEED},\n"cases":{a_line_each(cases)}}}\n')


if __name__ == "__main__":
    main()
