"""Which colour, dash and marker a run has unless its address names one."""

from collections.abc import Collection, Sequence

from fallline.drawing.theme import SLOT_OF_RULE, SLOTS

_RATE_ALONE = frozenset({"name", "learning_rate", "label"})


def default_slots(runs: Sequence[tuple[str, Collection[str]]]) -> list[int]:
    """The slot of each run.

    A common rule has a slot of its own, so that Adam looks alike in every picture. Of several runs of one slot the
    first that sets nothing but its rate has it, or else the first. The others take, in their order, the lowest slots
    that are free; a ninth run looks like the first.

    Args: runs: of each, the name of its rule, "" for one that was typed, and the names of the values that it sets.
    """
    first = runs[:SLOTS]
    own = [SLOT_OF_RULE.get(name) for name, _ in first]
    in_order = sorted(range(len(first)), key=lambda index: not _RATE_ALONE.issuperset(first[index][1]))
    run_of_slot = {own[index]: index for index in reversed(in_order)}
    free = (slot for slot in range(SLOTS) if slot not in run_of_slot)
    slots = [slot if slot is not None and run_of_slot[slot] == index else next(free) for index, slot in enumerate(own)]
    return [slots[index % SLOTS] for index in range(len(runs))]
