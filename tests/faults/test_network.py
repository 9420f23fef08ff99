"""A client that is gone without a word: its network is, or it sleeps."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

import fallline
from tests.api.specs import STREAM, run, spec
from tests.faults.following import wait_for
from tests.faults.processes import needs, serving

QUERY = "surface=himmelblau&optimizer=adam:learning_rate=1e-6&max_steps=100000"
ONE_PLACE = ("--max-streams", "1", "--wait-seconds", "0", "--stalled-seconds", "3")
READS = """\
import httpx, sys
with httpx.stream("GET", sys.argv[1], timeout=900) as reply:
    for _ in reply.iter_bytes():
        print("read", flush=True)
"""
ASKS = """\
import httpx, sys
with httpx.stream("GET", sys.argv[1], timeout=60) as reply:
    print(reply.status_code)
"""


@contextmanager
def network() -> Iterator[list[str]]:
    """A network of its own; yields what a command is to be run within it."""
    hold = ["unshare", "--net", "sh", "-c", "ip link set lo up && echo up && exec sleep 600"]
    with subprocess.Popen(hold, stdout=subprocess.PIPE) as holder:
        try:
            assert holder.stdout
            assert holder.stdout.readline() == b"up\n"
            yield ["nsenter", f"--net=/proc/{holder.pid}/ns/net"]
        finally:
            holder.kill()


def test_the_place_of_a_client_whose_network_is_gone_is_freed():
    needs("unshare", "--net", "ip", "link", "set", "lo", "up")
    with network() as here, network() as there:
        namespace = there[1].removeprefix("--net=")
        pair = ["name", "here", "type", "veth", "peer", "name", "there", "netns", namespace]
        subprocess.run([*here, "ip", "link", "add", *pair], check=True)
        for inside, name, address in ((here, "here", "10.0.0.1/24"), (there, "there", "10.0.0.2/24")):
            subprocess.run([*inside, "ip", "address", "add", address, "dev", name], check=True)
            subprocess.run([*inside, "ip", "link", "set", name, "up"], check=True)
        with serving("--host", "0.0.0.0", *ONE_PLACE, within=here, reachable=False) as server:
            url = f"http://10.0.0.1:{server.url.rpartition(':')[2]}{STREAM}?{QUERY}&pace=100"

            def status() -> str:
                """How another stream is answered, asked for on the machine of the server."""
                words = [*here, sys.executable, "-c", ASKS, url]
                return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()

            with subprocess.Popen([*there, sys.executable, "-c", READS, url], stdout=subprocess.PIPE) as client:
                try:
                    assert client.stdout
                    assert client.stdout.readline() == b"read\n"
                    assert status() == "429"
                    subprocess.run([*there, "ip", "link", "set", "there", "down"], check=True)
                    wait_for(lambda: status() == "200", "the place is free", 60)
                finally:
                    client.kill()


FOLLOWS = """\
import httpx, json, socket, sys
import fallline

small = httpx.HTTPTransport(socket_options=[(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)])
http = httpx.Client(transport=small, timeout=60, headers={"Accept-Encoding": "identity"})
resumed = []
http.event_hooks["request"].append(lambda request: resumed.append("last-event-id" in request.headers))
events = []
for event in fallline.Client(sys.argv[1], http=http, patience=240).stream(json.loads(sys.argv[2])):
    if not events:
        print("begun", flush=True)
    events.append(event)
result = fallline.result_of(events)
print(sum(resumed), len(result[0].loss), float(sum(result[0].loss)), flush=True)
"""


def test_a_client_that_slept_past_the_deadline_goes_on():
    """It takes nothing while it sleeps, so the server gives its place to another; awake, it asks for what is left."""
    value = spec(run("adam", learning_rate=1e-6), problem={"surface": "himmelblau"}, steps=100_000)
    with serving(*ONE_PLACE) as server:
        command = [sys.executable, "-c", FOLLOWS, server.url, json.dumps(value)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
            try:
                assert client.stdout
                assert client.stdout.readline() == "begun\n"
                client.send_signal(signal.SIGSTOP)

                def another() -> int:
                    with httpx.stream("GET", f"{server.url}{STREAM}?{QUERY}&pace=100", timeout=60) as reply:
                        return reply.status_code

                assert another() == 429
                wait_for(lambda: another() == 200, "the place is free", 60)
                client.send_signal(signal.SIGCONT)
                resumed, rows, total = client.stdout.readline().split()
                assert client.wait(60) == 0
            finally:
                client.kill()
    assert int(resumed) >= 1
    expected = fallline.run(value)[0].loss
    assert (int(rows), float(total)) == (len(expected), float(sum(expected)))
