"""A server that is started again with streams open."""

from __future__ import annotations

import signal

import pytest

from tests.faults.following import following
from tests.faults.processes import end, serving


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_two_hundred_streams_go_on(how):
    with serving() as server, following(server.url, count=200, pace=250) as streams:
        streams.wait_for_rows()
        end(server, how)
        with serving("--port", server.url.rpartition(":")[2]):
            streams.come_whole()
        assert streams.resumed >= 200
