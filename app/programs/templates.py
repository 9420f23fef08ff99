"""The shape of a program: its constants and its loop, each line with what a program must have to hold it."""

from __future__ import annotations

import re
from collections.abc import Collection
from string import Template

CONSTANTS = '''
         | start = $start
         | $values
         | max_steps = $max_steps
small    | min_step_size = $min_step_size
target   | target_loss = $target_loss
random   | seed = $seed
data     | $points
'''

SCRIPT = '''
         | w = $first
         | $begin
         | $functions
random   | random = Random(seed)
shuffle  | order, position = list(range(len(points))), len(points)
epochs   | quiet = 0  # small steps in a row: a whole epoch of them ends the run
         | reason = f"stopped at step {max_steps}: the last one"
target   | if loss(*w) <= target_loss:
target   |     max_steps, reason = 0, f"stopped at step 0: the loss is at or below {target_loss}"
         | for $count in range(1, max_steps + 1):
         |     $changes
began    |     t = count - began
schedule |     lr = rate(t)
         |     $draw
         |     $move
         |     if lost:
         |         reason = f"diverged at step {$count}"
         |         break
small    |     small = $positive$small
epochs   |     quiet = quiet + 1 if small else 0
         |     w = ahead
small    |     if $enough:
small    |         reason = f"stopped at step {$count}: every step is below {min_step_size}"
small    |         break
target   |     if value <= target_loss:
target   |         reason = f"stopped at step {$count}: the loss is at or below {target_loss}"
target   |         break
         |
         | print(reason)
         | for name, value in zip([$names], $last):
         |     print(name, "=", value)
'''

SHUFFLED = '''
         | if position >= len(points):  # a new epoch
         |     random.shuffle(order)
         |     position = 0
         | batch = $chosen
         | position += batch_size
'''


def filled(template: str, has: Collection[str] = (), /, **parts: str) -> str:
    """A template with its `$names` replaced; one alone in its line may stand for any number of lines, or none.

    Args:
        template: in each line, before a bar, what the program must have for the line to be in it.
        has: what the program has; parts: name -> text.
    """
    lines: list[str] = []
    for row in template.strip("\n").split("\n"):
        condition, _, line = row.partition("|")
        if condition.strip() and condition.strip() not in has:
            continue
        line = line.removeprefix(" ")
        if alone := re.fullmatch(r"( *)\$(\w+)", line):
            indent, text = alone[1], parts[alone[2]]
            lines += [indent + each for each in text.split("\n") if text]
        else:
            lines.append(Template(line).substitute(parts))
    return "\n".join(lines)
