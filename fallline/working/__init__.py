"""One step of a run written out: its gradient, then each line of the rule, with the numbers of the step."""

from fallline.working.lines import Working, working

__all__ = ["Working", "working"]
