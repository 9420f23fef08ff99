"""Counts of what a server does, for /metrics and for the status line. They are kept in this process, or in a folder
that several processes share, and they do not identify users.
"""

import os
from collections.abc import Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Metric,
    disable_created_metrics,
    generate_latest,
    multiprocess,
)

from app.server.settings import COUNTS_FOLDER

HERE = CollectorRegistry()
disable_created_metrics()  # type: ignore[no-untyped-call]

REQUESTS = Counter("fallline_requests", "Requests answered.", ["method", "route", "status"], registry=HERE)
SECONDS = Histogram(
    "fallline_request_seconds", "From a request until its response is sent, of a stream too.", ["route"],
    registry=HERE, buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120),
)  # fmt: skip
PAGES = Counter("fallline_pages", "Pages opened, those that a browser had kept too.", registry=HERE)
STREAMS = Gauge("fallline_streams_open", "Streams open now.", registry=HERE, multiprocess_mode="livesum")
STEPS = Counter(
    "fallline_steps",
    "Steps of optimizers computed, of a sweep those of each value.",
    registry=HERE,
)
LATENESS = Histogram(
    "fallline_stream_lateness_seconds", "How long after it was due an event of a stream with a pace was sent.",
    registry=HERE, buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)  # fmt: skip
ERRORS_TOLD = Counter("fallline_refusals", "Errors told to clients, by their codes.", ["code"], registry=HERE)


def all_counts() -> CollectorRegistry:
    """All counts, over all processes that share the folder."""
    folder = os.environ.get(COUNTS_FOLDER)
    if folder is None:
        return HERE
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
    return registry


def forget(process: int) -> None:
    """No longer count the open streams of a process that has ended; its other counts remain."""
    if folder := os.environ.get(COUNTS_FOLDER):
        multiprocess.mark_process_dead(process, folder)  # type: ignore[no-untyped-call]


class OfThisProcess:
    """The counts of this process alone, with its number as the label `worker`."""

    def collect(self) -> Iterator[Metric]:
        """The metrics with their labels."""
        for metric in HERE.collect():
            labels = {"worker": str(os.getpid())}
            metric.samples = [sample._replace(labels={**sample.labels, **labels}) for sample in metric.samples]
            yield metric


def metrics_text(workers: int) -> bytes:
    """All counts in the text format of Prometheus; only those of this worker, if several workers share no folder."""
    if workers > 1 and COUNTS_FOLDER not in os.environ:
        return generate_latest(OfThisProcess())
    return generate_latest(all_counts())
