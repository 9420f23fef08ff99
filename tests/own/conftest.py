"""What a test registers is forgotten after it."""

from __future__ import annotations

import pytest

from fallline.own.own_loss import forget_loss, own_losses
from fallline.own.own_optimizer import forget_optimizer, own_optimizers


@pytest.fixture(autouse=True)
def _forgotten():
    yield
    for own in own_optimizers():
        forget_optimizer(own)
    for loss in own_losses():
        forget_loss(loss)
