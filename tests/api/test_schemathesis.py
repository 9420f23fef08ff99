"""Requests made from the OpenAPI document, right and wrong ones: what answers them is what the document says.

`make fuzz` makes many more.
"""

from __future__ import annotations

from http import HTTPStatus

import pytest
from hypothesis import HealthCheck, Phase, settings

few = settings(
    max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_every_operation_answers_as_the_document_says(right):
    from tests.api.random_requests import operations  # here, as schemathesis takes seconds to import

    asked = list(operations(right))
    assert len(asked) > 10
    for operation in asked:
        operation.check(few)()
        assert HTTPStatus.OK in operation.statuses or not right, (operation.name, operation.statuses)
