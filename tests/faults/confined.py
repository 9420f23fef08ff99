"""`python -m tests.faults.confined UNIT COMMAND...` runs a command with the limits of a unit that a process can set
itself: its filter of system calls, no new rights, and no memory that is both written and run. Systemd sets the others.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
"""Of libseccomp."""
NO_NEW_PRIVILEGES, NO_WRITTEN_CODE = 38, 65
"""Of prctl: PR_SET_NO_NEW_PRIVS and PR_SET_MDWE."""


def allowed(unit: str) -> set[str]:
    """The system calls that the unit's lines of SystemCallFilter leave."""
    names: set[str] = set()
    for inverted, line in re.findall(r"^SystemCallFilter=(~?)(.*)", unit, re.MULTILINE):
        named = {name for word in line.split() for name in calls(word)}
        names = names - named if inverted else names | named
    return names


def calls(name: str) -> Iterator[str]:
    """The system calls of a set such as @process, or the one of that name."""
    if not name.startswith("@"):
        yield name
        return
    done = subprocess.run(["systemd-analyze", "syscall-filter", name], check=True, capture_output=True, text=True)
    for line in done.stdout.splitlines()[1:]:
        word = line.strip()
        if word and not word.startswith("#"):
            yield from calls(word)


def main() -> None:
    """Set the limits and become the command."""
    unit, *command = sys.argv[1:]
    names = allowed(Path(unit).read_text())
    libc, seccomp = ctypes.CDLL(None, use_errno=True), ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(seccomp.seccomp_init(REFUSE))
    for name in names:
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:
            seccomp.seccomp_rule_add(context, ALLOW, number, 0)
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) or seccomp.seccomp_load(context):
        sys.exit("the limits cannot be set here")
    libc.prctl(NO_WRITTEN_CODE, 1, 0, 0, 0)  # from Linux 6.3 on
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
