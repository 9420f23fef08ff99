"""What runs a spec here, with the server's own parts: the only module that knows of `app`."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np
import orjson

from app.api.body import parse_json
from app.api.errors import Refused, complaints, located
from app.api.picture import requested_format, requested_picture
from app.api.requests import check_shown, page_keys, validated_query
from app.api.runs import ending_fields, heading_fields, notice_fields
from app.api.spec.models import FIELDS, Spec
from app.api.spec.plan import Plan, planning
from app.api.spec.query import Pairs, place_in, query_to_spec
from app.api.sweep import SweepSpec, written_sweep
from app.api.worker import finished
from app.descent import Block
from app.drawing import picture
from app.settings import Settings
from fallline.errors import SpecError, complaints_of

UNLIMITED = Settings(
    max_optimizers=10**9, max_steps=10**12, max_numbers=10**15, max_points=10**9, max_work=1e300, max_seconds=1e9
)
"""The limits of a server are there for others who wait for it."""

AnySpec = TypeVar("AnySpec", bound=Spec)


def runs(text: str) -> dict[str, Any]:
    """The reply to a spec, its columns as arrays. Raises: SpecError."""
    with _told():
        plan = _plan(_checked(Spec, text))
    reply: dict[str, Any] = _plain(heading_fields(plan))
    return reply | {"runs": [_run(plan, index) for index in range(len(plan.runs))]}


def sweep(text: str) -> dict[str, Any]:
    """The reply to a sweep. Raises: SpecError."""
    with _told():
        spec = _checked(SweepSpec, text)
        reply: dict[str, Any] = orjson.loads(finished(written_sweep(spec, _plan(spec), UNLIMITED)))
    return reply


def picture_of(text: str, shown: Mapping[str, str]) -> str:
    """The SVG of the map of a spec with its paths. Args: shown: keys and values of an address. Raises: SpecError."""
    pairs = [("spec", base64.urlsafe_b64encode(text.encode()).decode()), *shown.items()]
    with _told():
        canvas = requested_format(pairs)
        scene, _ = finished(requested_picture(pairs, UNLIMITED))
    return picture(scene, canvas)


def spec_of_query(pairs: Pairs) -> Mapping[str, Any]:
    """The spec of an address. Raises: SpecError."""
    with _told(pairs):
        raw = query_to_spec(pairs)
        # Here, as what is wrong is told by the keys of the address
        spec = validated_query(Spec, raw)
        check_shown(page_keys(pairs), spec.problem.build(), spec.optimizers)
    return raw


def _checked(model: type[AnySpec], text: str) -> AnySpec:
    with located("body"):
        return model.model_validate(parse_json(text.encode(), ()))


def _plan(spec: Spec) -> Plan:
    return finished(planning(spec, "body", UNLIMITED))


def _run(plan: Plan, index: int) -> dict[str, Any]:
    run, names = plan.runs[index], plan.problem.parameters
    blocks = list(run.blocks())
    about = {"optimizer": plan.optimizer(index), **ending_fields(run, blocks[-1]), **notice_fields(plan, index)}
    columns = {field: _column(field, blocks) for field in FIELDS}
    by_parameter = {field: dict(zip(names, columns[field], strict=True)) for field in ("parameters", "gradient")}
    return {**_plain(about), **columns, **by_parameter}


def _column(field: str, blocks: list[Block]) -> Any:
    parts = [getattr(block, field) for block in blocks]
    if field == "batch":
        return None if parts[0] is None else [batch for part in parts for batch in part]
    return np.concatenate(parts, axis=-1)


def _plain(value: Any) -> Any:
    """What a client would read of a value."""
    return orjson.loads(orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY))


@contextmanager
def _told(pairs: Pairs = ()) -> Iterator[None]:
    """Raise what is refused within as a SpecError, each error at its place in the spec or in the address of `pairs`."""
    try:
        yield
    except Refused as refused:
        raise SpecError(complaints_of(complaints(refused, place_in(dict(pairs))))) from None
