"""Find the Chromium that the browser tests drive, and get it where that is possible.

`python -m tests.browser.chromium` does nothing where there is one, installs Debian's as root on Debian, and
otherwise ends with status 1 and says what to do: browser tests are never skipped in silence.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The shell, which has no windows, first: it takes a quarter less of the processor."""
ADVICE = """\
The browser tests need Chromium, and none was found.
  Debian or Ubuntu:  sudo apt-get install chromium-headless-shell
  elsewhere:         install Chromium or Chrome, and name its program in the variable CHROMIUM"""


def find() -> str | None:
    """The path of the program: the one that CHROMIUM names, or the first of NAMES on the PATH."""
    given = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [given] if given else NAMES)), None)


def install() -> None:
    """Install Debian's package, where this is root on a Debian."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Chromium with apt-get.", flush=True)
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium-headless-shell"]):
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(["apt-get", *words], check=False, env=env, capture_output=True, text=True)
        if done.returncode:
            print(done.stdout, done.stderr, sep="", file=sys.stderr)


def main() -> None:
    if not find():
        install()
    if not find():
        sys.exit(ADVICE)


if __name__ == "__main__":
    main()
