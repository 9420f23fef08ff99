"""The command `fallline`: serves the page and the API, and prints the address."""

import argparse
import contextlib
import errno
import json
import os
import socket
import sys
import textwrap
import urllib.request
from collections.abc import Iterator, Sequence
from functools import partial
from http.client import HTTPException
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, TextIO

import uvicorn

from app.pages.folders import PACKAGE
from app.pages.join import BLOCKS, from_here
from app.pages.static_files import StaticFiles
from app.rooms.opening import CLASS, FILES_IN_MEMORY, prepared
from app.server.addresses import EVERY_ADDRESS, url
from app.server.logs import LOGGING
from app.server.settings import COUNTS_FOLDER, OWN_LIMITS, Settings, SettingsError, option, variable_name
from app.server.supervisor import HUNG_SECONDS, Supervisor
from fallline import __version__

WHITE_ON_BLACK, PLAIN = "\033[97;40m", "\033[0m"
"""Terminal codes for the colours of a QR code: a dark terminal would invert it, which some phones cannot read."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; if something is wrong, exit with status 1 and a sentence."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["plot"]:
        from app.pages import plot  # only `plot` needs the drawing; the import would slow down --check

        return plot.main(words[1:])
    options = vars(_parser().parse_args(words))
    if files := options.get("own_files"):
        options["own_files"] = os.pathsep.join(str(Path(file).absolute()) for file in files)
    act = _check if options.pop("check") else _serve
    os.environ.update({variable_name(name): text for name, text in options.items()})  # for the worker processes
    if os.environ.get(variable_name("own_files")):
        for name, limit in OWN_LIMITS.items():
            os.environ.setdefault(variable_name(name), str(limit))
    try:
        return act(Settings.from_environment(typed=options))
    except (SettingsError, OSError) as error:
        sys.exit(f"fallline: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fallline",
        description="Serve Fall Line. Every option can also come from the environment variable it names.",
        epilog="`fallline plot QUERY -o FILE` writes the picture of an address instead; see fallline plot --help.",
    )
    parser.add_argument("--version", action="version", version=f"fallline {__version__}")
    parser.add_argument("--check", action="store_true", help="ask the server that runs with these settings how it is")
    for name, field in Settings.model_fields.items():
        facts = "; ".join(filter(None, (Settings.allowed(name), f"default {field.default}", variable_name(name))))
        text = f"{field.description} ({facts})".replace("%", "%%")
        switch: dict[str, Any] = {"metavar": "VALUE"}
        if field.annotation is bool:
            switch = {"action": "store_const", "const": "true"}
        elif name == "own_files":
            switch = {"action": "append", "metavar": "FILE"}
        parser.add_argument(option(name), dest=name, default=argparse.SUPPRESS, help=text, **switch)
    return parser


def _serve(settings: Settings) -> None:
    alone = settings.workers == 1 and not settings.development
    if os.name != "posix" and not alone:
        raise OSError("several workers, and development, are for Linux and macOS")
    if os.name != "posix" and settings.own_paths:
        raise OSError("--with is for Linux and macOS: on Windows, start fallline.playground() from Python")
    from app.server.connections import Connection, cut_stalled  # imports FastAPI, which takes a while

    StaticFiles()  # reports a page that was never built once, instead of in every worker
    if shortage := _allow_connections(settings):
        _say(f"fallline: {shortage}", sys.stderr)
    listener = _listen(settings.listens_on, settings.port)
    cut_stalled(listener, settings.stalled_seconds)
    port = listener.getsockname()[1]
    _say(f"Fall Line is at {url(settings.listens_on, port)}")
    with (
        contextlib.suppress(KeyboardInterrupt),
        _rooms(settings, port) as key,
        _counting(settings.workers + settings.development),
        _status_line(settings),
        _own_code(settings),
    ):
        if settings.classroom or settings.address or settings.listens_on in EVERY_ADDRESS:
            _say(_for_others(settings, port, sys.stdout, key))
        options = _options(settings) | {"http": partial(Connection, settings=settings)}
        if settings.development:
            uvicorn.run(**options, fd=listener.fileno())
        else:
            config = uvicorn.Config(**options)
            if alone:
                uvicorn.Server(config).run(sockets=[listener])
            else:
                Supervisor(config, [listener]).run()


@contextlib.contextmanager
def _rooms(settings: Settings, port: int) -> Iterator[str | None]:
    """Prepare the store of rooms for all processes, if the server has rooms. Yields: the key of the class's room."""
    if not (settings.classroom or settings.rooms):
        yield None
        return
    with prepared(settings, port) as (file, key):
        os.environ[variable_name("room_file")] = file
        yield key


@contextlib.contextmanager
def _own_code(settings: Settings) -> Iterator[None]:
    """Run the process with code of one's own, if there is any, as long as the block runs."""
    if not settings.own_paths:
        yield
        return
    from app.own.process import own_process  # with all of FastAPI

    names = " and ".join(Path(path).name for path in settings.own_paths)
    _say(f"With {names}, which is read again as it is saved")
    if settings.classroom or settings.listens_on in EVERY_ADDRESS:
        _say("! Who opens the page runs this code by its name, with what it takes; nobody can change it from there.")
    with own_process(settings):
        yield


def _say(text: str, out: TextIO | None = None) -> None:
    """Print a text, by default to the standard output; skip it if it cannot be written, as on a full disk."""
    with contextlib.suppress(OSError):
        print(text, file=out, flush=True)


def _for_others(settings: Settings, port: int, out: TextIO, key: str | None = None) -> str:
    """Return the printed text that says how others open the page.

    For a class it includes the QR code, if `out` can show it.

    Args: key: of the class's room; None without a room.
    """
    join = from_here(settings, port)
    if settings.classroom:
        join = join.of_room(CLASS)
    lines = [f"Others on this network open {join.whole}"] if join.address else []
    lines += [f"  or, by {card}, {address}{join.path}" for address, card in join.others]
    if join.address and settings.classroom and not join.advice and _can_show(BLOCKS, out):
        code = join.text()
        lines += ["", *([f"{WHITE_ON_BLACK}{line}{PLAIN}" for line in code] if _takes_colours(out) else code), ""]
    if join.advice:
        lines += textwrap.wrap(join.advice.replace("`", ""), 100, initial_indent="! ", subsequent_indent="  ")
    here = join.address if settings.address else url(settings.listens_on, port)
    lines.append(f"The same for the wall: {here}/join")
    if key:
        lines.append(f"To teach, for nobody else to see: {here}/teach#{key}")
    lines.append("To stop: Ctrl+C")
    return "\n".join(lines).encode(out.encoding, "replace").decode(out.encoding)


def _can_show(text: str, out: TextIO) -> bool:
    try:
        text.encode(out.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _takes_colours(out: TextIO) -> bool:
    """Whether the terminal surely supports the colours. That of Windows has a dark background anyway."""
    return os.name == "posix" and out.isatty()


COUNTS_BYTES = 1 << 20
"""The disk space reserved for the counts of a process: several times what all routes need."""


@contextlib.contextmanager
def _counting(processes: int) -> Iterator[None]:
    """Let several processes count in one folder, so that each reports the counts of all.

    If no folder can be made, each process reports its own counts. The folder needs free space: its files are mapped
    into memory, and writing to them without space would end the process.
    """
    os.environ.pop(COUNTS_FOLDER, None)
    with contextlib.ExitStack() as stack:
        stack.callback(os.environ.pop, COUNTS_FOLDER, None)
        for place in (FILES_IN_MEMORY, None) if processes > 1 else ():
            with contextlib.suppress(OSError):
                if disk_usage(place or gettempdir()).free < processes * COUNTS_BYTES:
                    continue
                folder = TemporaryDirectory(prefix="fallline-", dir=place, ignore_cleanup_errors=True)
                os.environ[COUNTS_FOLDER] = stack.enter_context(folder)
                break
        yield


def _status_line(settings: Settings) -> contextlib.AbstractContextManager[None]:
    """Show the status line as long as the block runs, if it is wanted and the counts are available."""
    if not (settings.status or settings.classroom) or settings.access_log:
        return contextlib.nullcontext()
    from app.server.counts import all_counts  # reads COUNTS_FOLDER when it is imported

    if settings.workers > 1 and COUNTS_FOLDER not in os.environ:
        _say("  without a status line: the workers have no folder to count in together")
        return contextlib.nullcontext()
    from app.server.status import status_line

    return status_line(all_counts)


OTHER_FILES = 256
"""The open files of a worker besides those of streams and requests: its own, and waiting or idle connections."""


def _allow_connections(settings: Settings) -> str:
    """Raise the limit of open files to what the system allows; the default is often only 1,024.

    Returns: a sentence if the limit is too low for the settings; otherwise an empty text.
    """
    if os.name != "posix":
        return ""
    import resource  # not on Windows

    needed = settings.max_streams + settings.max_requests + OTHER_FILES
    current, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    for limit in (most, max(current, needed)):  # macOS reports "no limit" as the most, but may refuse to set that
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))
            break
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed >= needed or allowed == resource.RLIM_INFINITY:
        return ""
    return (
        f"a process may have {allowed} files open here, and --max-streams {settings.max_streams} with --max-requests "
        f"{settings.max_requests} takes {needed}: allow more (ulimit -n {needed}), or choose fewer streams"
    )


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "app": "app.main:create_app",
        "factory": True,
        "workers": settings.workers,
        "reload": settings.development,
        "reload_dirs": [str(PACKAGE)] if settings.development else None,
        "reload_includes": ["*.md", "*.toml", "*.yaml"] if settings.development else None,  # lessons and scenes
        "timeout_graceful_shutdown": settings.stop_seconds,
        "timeout_worker_healthcheck": HUNG_SECONDS,
        "ws": "none",
        "root_path": settings.root_path,
        "forwarded_allow_ips": settings.trusted_proxies,
        "log_config": LOGGING,
        "access_log": False,  # app.server.access prints it
        "server_header": False,
    }


def _listen(host: str, port: int) -> socket.socket:
    """Open a listening socket before the workers start, so that an early browser waits for them.

    Raises: OSError with a sentence.
    """
    try:
        addresses = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, *_, address = addresses[0]
        listener = socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            msg = f"port {port} is taken by another program; choose another, as in: fallline --port {port + 1}"
        elif error.errno == errno.EACCES:
            msg = f"port {port} is not open to this user; choose one above 1023, as in: fallline --port 8000"
        else:
            msg = f"cannot listen on host {host!r}, port {port}: {error.strerror or error}"
        raise OSError(msg) from None
    listener.set_inheritable(True)
    return listener


CHECK_SECONDS = 10
"""The seconds that --check waits for an answer, since a server that has just started first loads its code."""


def _check(settings: Settings) -> None:
    """Print the health of the server. Raises: OSError with a sentence, if it does not answer."""
    if settings.port == 0:
        raise OSError("--check asks one port, from 1 to 65535: give it the --port that the server printed")
    address = url(settings.host, settings.port)
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=CHECK_SECONDS) as answer:  # noqa: S310 (always http)
            health = answer.read().decode()
        is_ours = "status" in json.loads(health)
    except (HTTPException, ValueError, TypeError):
        is_ours = False
    except OSError as error:
        reason = getattr(error, "reason", error)
        why = getattr(reason, "strerror", None) or reason
        raise OSError(f"nothing to check at {address}: {why}; --host and --port say where the server is") from None
    if not is_ours:
        raise OSError(f"what answers at {address} is another program; --host and --port say where the server is")
    print(health)


if __name__ == "__main__":
    main()
