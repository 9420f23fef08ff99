"""No disk to write to: read-only everywhere, or full."""

from __future__ import annotations

import subprocess
from pathlib import Path

import httpx
import pytest

from tests.api.specs import TRAJECTORIES
from tests.faults.processes import free_port, needs, serving, wait_until_well, workers
from tests.server import THIS_COMMAND, environment

RUN = f"{TRAJECTORIES}?surface=himmelblau&optimizer=adam"

READ_ONLY = """
mount --make-rprivate /
for place in $(findmnt --raw --noheadings --output TARGET | grep -vE '^/(proc|sys|dev/pts)'); do
    mount -o remount,bind,ro $place 2>/dev/null || true
done
if touch $HOME/file /tmp/file /dev/shm/file 2>/dev/null; then echo "it can be written to" >&2; exit 1; fi
exec "$@"
"""

FULL = """
mount --make-rprivate /
export HOME=$PLACE TMPDIR=$PLACE
mount -t tmpfs -o size=64k full $PLACE
mount -t tmpfs -o size=64k full /dev/shm
head -c 1M /dev/zero > $PLACE/file 2>/dev/null || true
head -c 1M /dev/zero > /dev/shm/file 2>/dev/null || true
cd $PLACE
exec "$@"
"""


def serves_well(url: str) -> None:
    """Ask for a page, a run and what is counted."""
    for _ in range(4):
        for path in ("/", RUN, "/lessons", "/metrics", "/handout?preset=opening"):
            assert httpx.get(url + path, timeout=60).status_code == 200, path


@pytest.mark.parametrize("count", ["1", "2"])
@pytest.mark.parametrize("disk", [READ_ONLY, FULL], ids=["read-only", "full"])
def test_it_serves(tmp_path: Path, disk: str, count: str) -> None:
    needs("unshare", "--mount", "mount", "--make-rprivate", "/")
    place = tmp_path / "place"
    place.mkdir()
    within = ("env", f"PLACE={place}", "unshare", "--mount", "sh", "-euc", disk, "sh")
    with serving("--workers", count, within=within) as server:
        before = workers(server)
        serves_well(server.url)
        assert workers(server) == before


def test_it_serves_where_what_it_prints_finds_no_room() -> None:
    """As where the log of a service is on a disk that is full."""
    port = str(free_port())
    with Path("/dev/full").open("w") as full:
        command = [*THIS_COMMAND, "--port", port, "--access-log"]
        with subprocess.Popen(command, stdout=full, stderr=full, env=environment()) as process:
            try:
                wait_until_well(f"http://127.0.0.1:{port}")
                serves_well(f"http://127.0.0.1:{port}")
            finally:
                process.kill()
