"""Load: a class as it is, played by Locust against a server on this machine; `make load` prints the figures."""
