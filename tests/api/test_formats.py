"""In which format runs come: by what is accepted, by the query, and a label that is no formula in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from tests.api.specs import TRAJECTORIES, messages, run, spec
from tests.api.test_trajectories import QUERY, varies


@pytest.mark.parametrize("label", ["=1+1", "+x", "-x", "@x"])
def test_a_label_is_no_formula_in_a_spreadsheet(client, label):
    reply = client.post(TRAJECTORIES, json=spec(run(label=label), steps=1), headers={"Accept": "text/csv"})
    assert list(csv.reader(io.StringIO(reply.text)))[1][1] == f"'{label}"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"), ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("application/*", "application/json"), ("text/*", "text/csv"), ("text/csv;q=0.5, application/jsonl", "application/jsonl"),
        ("application/json;q=0, */*", "application/jsonl"), ("TEXT/CSV", "text/csv"), ("", "application/json"),
    ],
)  # fmt: skip
def test_the_media_type_is_the_one_liked_best(client, accept, kind):
    reply = client.post(TRAJECTORIES, json=spec(steps=1), headers={"Accept": accept})
    assert reply.headers["content-type"].split(";")[0] == kind
    assert "Accept" in reply.headers["vary"]


@pytest.mark.parametrize("accept", ["image/png", "text/html", "application/json;q=0", "text/csv;q=no", "*/*;q=nan"])
def test_a_media_type_that_is_not_offered_is_a_406(client, accept):
    reply = client.post(TRAJECTORIES, json=spec(steps=1), headers={"Accept": accept})
    assert (reply.status_code, varies(reply)) == (406, {"Accept", "Accept-Encoding"})
    assert "text/csv" in messages(reply)[0]


FORMATS = {"json": "application/json", "jsonl": "application/jsonl", "csv": "text/csv"}


@pytest.mark.parametrize("accept", ["application/json", "text/csv", "*/*", "image/png"])
@pytest.mark.parametrize(("name", "kind"), FORMATS.items())
def test_a_format_in_the_query_counts_for_more_than_accept(client, name, kind, accept):
    by_accept = client.get(f"{TRAJECTORIES}?{QUERY}", headers={"Accept": kind})
    by_format = client.get(f"{TRAJECTORIES}?{QUERY}&format={name}", headers={"Accept": accept})
    posted = client.post(f"{TRAJECTORIES}?format={name}", json=spec(steps=1), headers={"Accept": accept})
    assert by_format.content == by_accept.content
    assert by_format.headers["etag"] == by_accept.headers["etag"]
    assert [reply.headers["content-type"].split(";")[0] for reply in (by_format, posted)] == [kind, kind]
    assert varies(by_format) == varies(posted) == {"Accept-Encoding"}
    assert varies(by_accept) == {"Accept", "Accept-Encoding"}


@pytest.mark.parametrize("body", [{}, spec(steps=1)], ids=["a wrong body", "a right one"])
def test_a_wrong_format_is_refused_whatever_the_body_is(client, body):
    assert client.post(f"{TRAJECTORIES}?format=xml", json=body).status_code == 422
