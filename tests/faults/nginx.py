"""An nginx with the files of `deploy`, on a port and in a folder of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from tests.faults.following import wait_for
from tests.faults.processes import free_port
from tests.faults.programs import find

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
PREFIXED = """\
    location /fallline/ {
        proxy_pass http://fallline/;
    }
"""
MAIN = """\
daemon off;
{user}
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/upstream.conf;
    include {folder}/site.conf;
}}
"""


def write(
    folder: Path, port: int, servers: Sequence[str], *, prefixed: bool = False, compression: str = "gzip off;"
) -> Path:
    """Write the files of `deploy` for a port and for servers ("127.0.0.1:8000"); returns the main file.

    Args:
        prefixed: the site below /fallline, as the comment of the file has it.
        compression: directives in place of that of the file.
    """
    site = (DEPLOY / "nginx.conf").read_text()
    assert site.count("    listen 80;\n") == 1
    site = site.replace("    listen 80;\n", f"    listen 127.0.0.1:{port};\n")
    assert site.count("    gzip off;\n") == 1
    site = site.replace("gzip off;", compression)
    if prefixed:
        as_comment = re.sub("^    ", "    #   ", PREFIXED, flags=re.MULTILINE)
        root = PREFIXED.replace("/fallline/", "/", 1).replace("fallline/;", "fallline;")
        assert site.count(as_comment) == site.count(root) == 1
        site = site.replace(root, "").replace(as_comment, PREFIXED)
    (folder / "site.conf").write_text(site)
    upstream = (DEPLOY / "upstream.conf").read_text()
    template = re.findall(r"^ +server 127\.0\.0\.1:80\d\d.*\n", upstream, re.MULTILINE)
    assert len(template) == 2
    lines = [re.sub(r"127[^ ]+", server, template[0]) for server in servers]
    (folder / "upstream.conf").write_text(upstream.replace("".join(template), "".join(lines)))
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""))
    return main


@contextmanager
def proxy(
    folder: Path, urls: Sequence[str], *, prefixed: bool = False, compression: str = "gzip off;"
) -> Iterator[str]:
    """Nginx before servers; yields its address."""
    program = find("nginx")
    assert program, "nginx is missing: `make faults` installs it"
    folder.mkdir()
    port = free_port()
    main = write(
        folder, port, [url.removeprefix("http://") for url in urls], prefixed=prefixed, compression=compression
    )
    with subprocess.Popen([program, "-e", folder / "error.log", "-p", folder, "-c", main]) as process:
        try:
            wait_for(lambda: process.poll() is not None or _listens(port), "nginx listens")
            assert process.poll() is None, (folder / "error.log").read_text()
            yield f"http://127.0.0.1:{port}{'/fallline' if prefixed else ''}"
        finally:
            process.terminate()


def _listens(port: int) -> bool:
    with closing(socket.socket()) as wire:
        return wire.connect_ex(("127.0.0.1", port)) == 0
