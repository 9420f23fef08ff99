"""Random input, for as long as one likes: `make fuzz`. What it finds gets a test of its own, elsewhere."""
