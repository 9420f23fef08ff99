"""How fast it is: ratios measured side by side in one run. `make bench` prints them; no test depends on a time."""
