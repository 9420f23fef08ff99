"""The catalog of this process: the declarations of everything that a spec can name, also of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fallline.optimizers import OPTIMIZERS, Optimizer
from fallline.own import OwnLoss
from fallline.own.own_loss import own_losses
from fallline.problems import DATASETS, SURFACES, Dataset
from fallline.problems.network_datasets import NETWORK_DATASETS, NetworkDataset
from fallline.problems.surface import Surface
from fallline.schedules import SCHEDULES, Schedule


@dataclass(frozen=True)
class LibraryCatalog:
    """The declarations of each kind, by name.

    Args:
        optimizers: with their rule, their hyperparameters (`params`: default, slider, allowed values) and source. Those
            of one's own have `own` set.
        schedules: with their formula; surfaces: with formula, domain, start and known minima.
        datasets: for a line fit; network_datasets: for a network.
        own_losses: losses of one's own.
    """

    optimizers: Mapping[str, Optimizer]
    schedules: Mapping[str, Schedule]
    surfaces: Mapping[str, Surface]
    datasets: Mapping[str, Dataset]
    network_datasets: Mapping[str, NetworkDataset]
    own_losses: Mapping[str, OwnLoss]

    def __repr__(self) -> str:
        kinds = {kind.replace("_", " "): ", ".join(of_kind) or "none" for kind, of_kind in vars(self).items()}
        return "\n".join(f"{kind}: {names}" for kind, names in kinds.items())


def catalog() -> LibraryCatalog:
    """The declarations of everything that a spec can name.

    Example: `catalog().optimizers["adam"].params["beta1"].default`
    """
    kinds = (OPTIMIZERS, SCHEDULES, SURFACES, DATASETS, NETWORK_DATASETS, {loss.name: loss for loss in own_losses()})
    return LibraryCatalog(*(MappingProxyType(dict(of_kind)) for of_kind in kinds))  # type: ignore[arg-type]
