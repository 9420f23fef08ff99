"""Which of the offered media types a client wants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.api.errors import Refused, given


def chosen(header: str | None, offered: Sequence[str]) -> str:
    """The offered type that an Accept header likes best, of equals the first offered.

    Raises: Refused (406) when it likes none.
    """
    wanted = list(_wishes(header or "*/*"))
    likes = {kind: _liking(kind, wanted) for kind in offered}
    best = max(offered, key=lambda kind: likes[kind])
    if likes[best] <= 0:
        msg = f"Accept must allow one of {', '.join(offered)}; got {given(header)}"
        raise Refused(406, ("header", "accept"), msg, "accept")
    return best


def _wishes(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        yield kind, _weight(weight)


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _liking(kind: str, wanted: Sequence[tuple[str, float]]) -> float:
    family = kind.partition("/")[0]
    for pattern in (kind, f"{family}/*", "*/*"):
        weights = [weight for wish, weight in wanted if wish == pattern]
        if weights:
            return max(weights)
    return 0.0
