"""Files with optimizers and losses of one's own for the catalog of this process, read again when they are saved."""

from __future__ import annotations

import asyncio
import logging
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from time import strftime
from traceback import format_exception

from fallline.own.own_loss import OwnLoss, forget_loss, own_losses, register_loss
from fallline.own.own_optimizer import OwnOptimizer, forget_optimizer, own_optimizers, register_optimizer
from fallline.time_limit import TIME_LIMIT, NeverEndsError

LOOK_EVERY = 0.15
"""Seconds between two checks of whether a file was saved, or the program made something of its own."""

MOST_SECONDS = 60.0
"""The most seconds that running a file may take, as it may import PyTorch."""

LOG = logging.getLogger("fallline.own")

Own = OwnOptimizer | OwnLoss


class OwnFile:
    """One file, which is run as a module."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name
        self._stamp: tuple[int, int] | None = None
        self.made: tuple[Own, ...] = ()

    def was_saved(self) -> bool:
        """Whether the file has changed since the last call. While an editor saves it, it may not exist."""
        try:
            stat = self.path.stat()
        except OSError:
            return False
        before, self._stamp = self._stamp, (stat.st_mtime_ns, stat.st_size)
        return before != self._stamp

    def read(self) -> str:
        """Run the file. What it makes replaces in the catalog what it made before, unless it fails or makes nothing.

        A file that is read while it is being saved is empty.

        Returns: the error in one line; empty if there is none. The traceback is logged.
        """
        for made in self.made:
            _forget(made)
        before, wrong = _all_own(), self._run()
        new = tuple(made for made in _all_own() if made not in before)
        if not wrong and not new:
            wrong = f"{self.name} makes no optimizer and no loss: see fallline.from_function and its like"
            LOG.error("%s; what it gave before stands", wrong)
        if wrong:
            for made in new:
                _forget(made)
            for made in self.made:
                _register(made)
        else:
            self.made = new
        return wrong

    def _run(self) -> str:
        name = self.path.stem
        spec = spec_from_file_location(name, self.path)
        if spec is None or spec.loader is None:
            return f"{self.name} is no file of Python"
        module, before = module_from_spec(spec), sys.modules.get(name)
        sys.modules[name] = module
        try:
            with TIME_LIMIT.over(MOST_SECONDS):
                code = compile(self.path.read_bytes(), str(self.path), "exec")  # never cached byte code
                exec(code, module.__dict__)  # noqa: S102 (what this file is given for)
        except (Exception, SystemExit, NeverEndsError) as error:
            theirs = error.__traceback__ and error.__traceback__.tb_next
            text = "".join(format_exception(type(error), error, theirs)).rstrip()
            LOG.error("%s was not read, what it gave before stands:\n%s", self.name, text)
            if before is None:
                del sys.modules[name]
            else:
                sys.modules[name] = before
            return self._told(error)
        return ""

    def _told(self, error: BaseException) -> str:
        if isinstance(error, NeverEndsError):
            return f"{self.name} did not end within {MOST_SECONDS:g} s"
        line, trace = getattr(error, "lineno", None), error.__traceback__
        while trace:
            if trace.tb_frame.f_code.co_filename == str(self.path):
                line = trace.tb_lineno
            trace = trace.tb_next
        first = (str(getattr(error, "msg", error)).splitlines() or [""])[0]
        at = f", line {line}" if line else ""
        return f"{self.name}{at}: {type(error).__name__}{f': {first}' if first else ''}"


def _all_own() -> tuple[Own, ...]:
    return (*own_optimizers(), *own_losses())


def _forget(own: Own) -> None:
    forget_optimizer(own) if isinstance(own, OwnOptimizer) else forget_loss(own)


def _register(own: Own) -> None:
    register_optimizer(own) if isinstance(own, OwnOptimizer) else register_loss(own)


class OwnCatalog:
    """The entries of this process's catalog that are code of one's own, which may change.

    Attributes:
        version: differs after each change.
        read_at: the time of day at which the files were last read without an error; empty without files.
        wrong: the errors of the files as they were last saved, one line each.
        at_change: functions to call at each change.
    """

    def __init__(self, paths: Sequence[str] = ()) -> None:
        self._files = [OwnFile(Path(path).resolve()) for path in paths]
        self._number, self._process = 0, secrets.token_hex(4)
        self._known: tuple[Own, ...] = ()
        self._changed: asyncio.Event | None = None
        self._wrong: dict[str, str] = {}
        self.read_at = ""
        self.at_change: list[Callable[[], None]] = []
        self.look()

    @property
    def version(self) -> str:
        return f"{self._process}-{self._number}"

    @property
    def exists(self) -> bool:
        """Whether there are files, or something that the program has made."""
        return bool(self._files or self._known)

    @property
    def wrong(self) -> list[str]:
        return [line for line in self._wrong.values() if line]

    def look(self) -> None:
        """Read the files that were saved, and check whether the program has made something too."""
        saved = [file for file in self._files if file.was_saved()]
        for file in saved:
            self._wrong[file.name] = file.read()
            if not self._wrong[file.name]:
                self.read_at = strftime("%H:%M:%S")
                LOG.info("%s was read, at %s: %s", file.name, self.read_at, ", ".join(made.name for made in file.made))
        known = _all_own()
        if saved or known != self._known:
            self._known, self._number = known, self._number + 1
            for tell in self.at_change:
                tell()
            if self._changed:
                self._changed.set()

    async def follow(self) -> None:
        """Look for changes, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            self.look()

    def wake(self) -> None:
        """Wake everyone who waits for a change, as the server stops."""
        if self._changed:
            self._changed.set()

    async def changed(self, after: str, seconds: float) -> None:
        """Wait until the version differs from `after`, for at most `seconds`."""
        if self.version != after:
            return
        self._changed = self._changed if self._changed and not self._changed.is_set() else asyncio.Event()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)
