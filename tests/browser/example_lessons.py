"""The server with the example of a lesson beside the lessons there are: `python tests/browser/example_lessons.py`."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from app import course  # noqa: E402
from app.course.lessons import read_lessons  # noqa: E402

LESSONS = course.lessons() | read_lessons(course.view_of_query, ROOT / "tests/lessons/example")
course.lessons = lambda: LESSONS  # type: ignore[assignment]

if __name__ == "__main__":
    from app.__main__ import main

    main()
