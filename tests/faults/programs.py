"""Find the programs that these tests run, and get them where that is possible.

`python -m tests.faults.programs` does nothing where all are found, installs Debian's as root on Debian, and otherwise
ends with status 1 and says what to do: nothing is skipped in silence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = {
    "nginx": "nginx-light", "docker-compose": "docker-compose", "systemd-analyze": "systemd",
    "valkey-server": "valkey-server",
}  # fmt: skip
"""Programs -> Debian's packages that have them."""
ADVICE = """\
`make faults` needs {missing}. On Debian or Ubuntu:  sudo apt-get install {packages}"""


def find(program: str) -> str | None:
    """The path of a program, also where only root has it on the PATH."""
    return shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")


def main() -> None:
    """Install what is missing, where this is root on a Debian."""
    missing = [name for name in PACKAGES if not find(name)]
    packages = [PACKAGES[name] for name in missing]
    if missing and os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing with apt-get:", *packages, flush=True)
        for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
            done = subprocess.run(["apt-get", *words], check=False, env=env, capture_output=True, text=True)
            if done.returncode:
                print(done.stdout, done.stderr, sep="", file=sys.stderr)
        missing = [name for name in PACKAGES if not find(name)]
    if missing:
        sys.exit(ADVICE.format(missing=", ".join(missing), packages=" ".join(packages)))


if __name__ == "__main__":
    main()
