"""What every route of the API does alike: errors, HEAD, other origins, compression."""

from __future__ import annotations

import gzip
import json

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.server.settings import Settings
from tests.api.specs import BASE, LANDSCAPE, STREAM, TRAJECTORIES, run, spec

READ = ["catalog", "catalog/brief", "openapi.json", "landscape?surface=bowl", "trajectories?surface=bowl&optimizer=gd"]


SHAPE = {"loc", "msg", "type"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404), ("GET", "/static/none.js", 404), ("GET", "/%00", 404), ("GET", "/api/v2/catalog", 404),
        ("GET", f"{BASE}/nowhere", 404), ("GET", f"{TRAJECTORIES}/nowhere", 404), ("GET", f"{BASE}/%00", 404),
        ("POST", f"{BASE}/catalog", 405), ("DELETE", TRAJECTORIES, 405), ("PUT", LANDSCAPE, 405),
        ("DELETE", "/healthz", 405),
    ],
)  # fmt: skip
def test_an_address_or_method_that_is_none_is_told_in_the_shape_of_every_error(client, method, path, status):
    reply = client.request(method, path)
    assert reply.status_code == status
    (detail,) = reply.json()["detail"]
    assert detail["loc"] == ["path"]
    assert detail["type"] == {404: "not_found", 405: "method_not_allowed"}[status]
    says = "leads nowhere" if status == 404 else " takes only GET, HEAD"
    assert detail["msg"].startswith('the path "/')
    assert says in detail["msg"]
    assert (f"; got {method}" in detail["msg"]) is (status == 405)


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (406, {"Accept": "image/png"}, json.dumps(spec()).encode()), (413, {}, b" " * 70_000),
        (415, {"Content-Type": "text/plain"}, b"{}"), (422, {}, b"{}"), (422, {}, b"{"),
    ],
)  # fmt: skip
def test_every_refusal_has_one_shape(client, status, headers, body):
    reply = client.post(TRAJECTORIES, content=body, headers={"Content-Type": "application/json", **headers})
    assert reply.status_code == status
    assert reply.json()["detail"]
    assert all(set(each) >= SHAPE for each in reply.json()["detail"])


@pytest.mark.parametrize("path", [f"{BASE}/catalog", TRAJECTORIES + "?surface=bowl&optimizer=gd"])
def test_a_fault_has_the_same_shape_and_tells_nothing_of_the_inside(monkeypatch, path):
    client = TestClient(create_app(Settings(), pages=False), raise_server_exceptions=False)

    def broken(*_):
        raise RuntimeError("secret")

    for place in ("fallline.descent.run.Run.rows_a_block", "app.api.catalog.check_no_keys"):
        monkeypatch.setattr(place, broken)
    reply = client.get(path)
    assert reply.status_code == 500
    (detail,) = reply.json()["detail"]
    assert (detail["loc"], detail["type"]) == (["server"], "fault")
    assert "secret" not in reply.text


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/trajectories", "GET, HEAD, POST"),
        ("PUT", "/catalog", "GET, HEAD"),
        ("GET", "/trajectories/step", "POST"),
    ],
)
def test_a_method_that_a_path_has_not_is_told_which_it_has(client, method, path, allowed):
    assert client.request(method, BASE + path).headers["allow"] == allowed


@pytest.mark.parametrize("prefix", ["", "/tools/fallline"])
def test_the_base_path_says_where_to_go_on(prefix):
    client = TestClient(create_app(Settings(), pages=False), root_path=prefix)
    for slash in ("", "/"):
        reply = client.get(f"{prefix}{BASE}{slash}", headers={"Origin": "http://b"}, follow_redirects=False)
        assert reply.status_code == 200
        assert reply.headers["access-control-allow-origin"] == "*"
        index = reply.json()
        assert index["version"] == client.get(f"{prefix}/healthz").json()["version"]
        assert set(index["links"]) == {"catalog", "openapi", "docs"}
        assert index["links"].pop("docs") == f"{prefix}{BASE}/docs", "which is a page"
        kinds = {name: client.get(link).headers["content-type"].split(";")[0] for name, link in index["links"].items()}
        assert kinds == {"catalog": "application/json", "openapi": "application/json"}
        assert client.head(f"{prefix}{BASE}{slash}").status_code == 200
        wrong = client.post(f"{prefix}{BASE}{slash}", follow_redirects=False)
        assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/catalog", "/catalog/brief", "", "/"])
def test_what_has_nothing_to_ask_has_no_keys(client, path):
    reply = client.get(f"{BASE}{path}?x=1")
    assert reply.status_code == 422
    assert reply.json()["detail"][0]["msg"] == "x is not a key of the query: this address takes none"


@pytest.mark.parametrize("path", READ)
def test_head_has_the_headers_of_get_and_no_body(client, path):
    got, head = client.get(f"{BASE}/{path}"), client.head(f"{BASE}/{path}")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "cache-control", "content-type"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("path", READ)
def test_pages_of_other_origins_may_read(client, path):
    reply = client.get(f"{BASE}/{path}", headers={"Origin": "http://notebook:8888"})
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "ETag" in reply.headers["access-control-expose-headers"]


def test_pages_of_other_origins_may_post_a_spec_and_resume(client):
    asked = {
        "Origin": "http://notebook:8888",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, last-event-id",
    }
    reply = client.options(STREAM, headers=asked)
    assert reply.status_code == 200
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in reply.headers


def test_a_refusal_can_be_read_by_other_origins(client):
    reply = client.post(TRAJECTORIES, json={}, headers={"Origin": "http://notebook:8888"})
    assert (reply.status_code, reply.headers["access-control-allow-origin"]) == (422, "*")


@pytest.mark.parametrize(
    ("allowed", "answer"), [("", None), ("https://school.example", None), ("http://a, http://b", "http://b")]
)
def test_who_may_is_a_setting(allowed, answer):
    client = TestClient(create_app(Settings(cors_origins=allowed), pages=False))
    reply = client.get(f"{BASE}/catalog", headers={"Origin": "http://b"})
    assert reply.headers.get("access-control-allow-origin") == answer


def test_large_answers_are_compressed(client):
    zipped = {"Accept-Encoding": "gzip"}
    with client.stream("POST", TRAJECTORIES, json=spec(run(), steps=5000), headers=zipped) as reply:
        assert reply.headers["content-encoding"] == "gzip"
        raw = b"".join(reply.iter_raw())
    plain = client.post(TRAJECTORIES, json=spec(run(), steps=5000), headers={"Accept-Encoding": "identity"})
    assert gzip.decompress(raw) == plain.content
    assert int(plain.headers["content-length"]) == len(plain.content)


@pytest.mark.parametrize("path", [TRAJECTORIES + "?surface=bowl&optimizer=gd", f"{BASE}/catalog"])
@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip", True), ("deflate, GZIP;q=0.5, br", True), ("*", True), ("*;q=0, gzip", True), ("identity;q=0.5, gzip", True),
        ("gzip;q=0", False), ("gzip; q=0.000, br", False), ("*;q=0", False), ("identity", False), ("", False), ("br", False),
        ("gzip;q=0, *", False), ("identity, gzip;q=0.5", False), ("gzip;q=x", False), ("x-not-gzip", False),
    ],
)  # fmt: skip
def test_it_is_compressed_for_those_alone_who_take_gzip(client, path, accepted, compressed):
    reply = client.get(path, headers={"Accept-Encoding": accepted})
    assert reply.status_code == 200
    assert ("content-encoding" in reply.headers) is compressed
    assert [part.strip() for part in reply.headers["vary"].split(",")].count("Accept-Encoding") == 1


@pytest.mark.parametrize("path", [*READ, "plot.svg?surface=bowl"])
def test_304_and_head_name_what_the_answer_varies_with_as_the_answer_does(client, path):
    got = client.get(f"{BASE}/{path}", headers={"Accept-Encoding": "gzip"})
    held = client.get(f"{BASE}/{path}", headers={"If-None-Match": got.headers["etag"]})
    assert (held.status_code, held.content) == (304, b"")
    for reply in (held, client.head(f"{BASE}/{path}")):
        assert set(reply.headers["vary"].split(", ")) == set(got.headers["vary"].split(", "))
    assert client.get(f"{BASE}/{path}", headers={"If-None-Match": 'W/"x", "y"'}).status_code == 200


def test_health_is_told_to_a_head(client):
    head, got = client.head("/healthz"), client.get("/healthz")
    assert (head.status_code, got.status_code) == (200, 200)
    assert head.headers["content-type"] == got.headers["content-type"] == "application/json"
