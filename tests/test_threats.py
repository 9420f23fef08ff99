"""The note on threats: every test that it names exists, and every claim in its tables names one."""

from __future__ import annotations

import ast
import re

import pytest

from tests.documents import DOCUMENTS, ROOT

NOTE = DOCUMENTS["docs/threats.md"]
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py::\w+)`", NOTE)))
CLAIMS = [line for line in NOTE.splitlines() if line.startswith("| ") and not line.startswith("| can never | shown")]


@pytest.mark.parametrize("named", NAMED)
def test_a_test_that_is_named_exists(named: str) -> None:
    file, name = named.split("::")
    functions = [each.name for each in ast.parse((ROOT / file).read_text()).body if isinstance(each, ast.FunctionDef)]
    assert name in functions


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_names_a_test(claim: str) -> None:
    assert re.search(r"`tests/[\w/]+\.py::test_\w+`", claim)


def test_there_is_much_to_hold_and_the_readme_leads_to_it() -> None:
    assert len(NAMED) > 30
    assert len(CLAIMS) > 15
    assert "(docs/threats.md)" in DOCUMENTS["README.md"]
