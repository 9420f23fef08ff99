"""The server with the example of a lesson beside the lessons there are: `python tests/browser/example_lessons.py`."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from app.course import lessons  # noqa: E402

LESSONS = lessons.lessons() | lessons.read_lessons(ROOT / "tests/lessons/example")
lessons.lessons = lambda: LESSONS  # type: ignore[assignment]

if __name__ == "__main__":
    from app.__main__ import main

    main()
