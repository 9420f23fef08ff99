"""The page through a proxy below a path, as a notebook's server has one for the ports of its kernels."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from threading import Thread

import httpx
import pytest
import uvicorn
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

import fallline
from tests.browser.conftest import Faults

pytestmark = pytest.mark.slow

PATH = "/user/me/proxy"
OF_A_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length"}


def proxy() -> Starlette:
    """It takes PATH and the port off an address, and hands on what the server at that port answers, as it comes; events
    without their Content-Encoding, as jupyter-server-proxy 4.6.0.
    """
    client = httpx.AsyncClient(timeout=None, trust_env=False)

    async def hand_on(request: Request) -> StreamingResponse:
        port, _, rest = request.url.path.removeprefix(f"{PATH}/").partition("/")
        address = httpx.URL(f"http://127.0.0.1:{port}/{rest}", query=request.url.query.encode())
        headers = [(name, value) for name, value in request.headers.items() if name not in OF_A_CONNECTION]
        headers.append(("x-proxycontextpath", f"{PATH}/{port}"))
        asked = client.build_request(request.method, address, headers=headers, content=await request.body())
        answer = await client.send(asked, stream=True)
        is_stream = request.headers.get("accept") == "text/event-stream"
        dropped = OF_A_CONNECTION | ({"content-encoding"} if is_stream else set())
        kept = {name: value for name, value in answer.headers.items() if name not in dropped}

        async def parts() -> AsyncIterator[bytes]:
            try:
                async for part in answer.aiter_raw():
                    yield part
            finally:
                await answer.aclose()

        return StreamingResponse(parts(), answer.status_code, kept)

    @asynccontextmanager
    async def closing(_: Starlette) -> AsyncIterator[None]:
        async with client:
            yield

    route = Route(f"{PATH}/{{rest:path}}", hand_on, methods=["GET", "HEAD", "POST"])
    return Starlette(routes=[route], lifespan=closing)


@pytest.fixture
def site() -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(proxy(), port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def test_below_a_path_the_page_of_ones_own_runs_streams_and_tunes(page: Page, site: str, faults: Faults) -> None:
    def mine(w, g, state, t, lr):  # noqa: ARG001 (as it is called)
        return w - lr * g, state

    own = fallline.from_function(mine, lr=0.05, label="Mine")
    shown = fallline.playground([own, "adam:learning_rate=0.1"], ["bowl"], open=False, address=f"{PATH}/{{port}}")
    faults.origin = site
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    try:
        page.goto(f"{site}{shown.url}&max_steps=400#step=40&run=0&explanation=tune")
        expect(page.locator(".standings")).to_contain_text("Mine")
        expect(page.locator(".legend-bar:not(.is-empty)")).to_be_attached()
        page.locator(".tune-buttons").get_by_role("button", name="Tune").click()
        expect(page.locator(".tune-buttons").get_by_role("button", name="Set these")).to_be_visible()
        assert any("/trajectories/stream?" in url for url in asked)
        below = f"{site}{PATH}/{shown.url.removeprefix(f'{PATH}/').split('/')[0]}/"
        assert [url for url in asked if not url.startswith((below, "blob:", "data:"))] == []
        page.goto("about:blank")
    finally:
        shown.close()
