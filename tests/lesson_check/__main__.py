"""`python -m tests.lesson_check`."""

import sys

from tests.lesson_check import LessonError, check_all

try:
    check_all()
except LessonError as error:
    sys.exit(str(error))
