"""The server with the example of a lesson beside the lessons there are: `python tests/browser/example_lessons.py`."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from app.course import served  # noqa: E402
from app.course.lessons import read_lessons  # noqa: E402

LESSONS = served.lessons() | read_lessons(served.view_of_query, ROOT / "tests/lessons/example")
served.lessons = lambda: LESSONS  # type: ignore[assignment]

if __name__ == "__main__":
    from app.__main__ import main

    main()
