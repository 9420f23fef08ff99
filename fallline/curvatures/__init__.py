"""Curvature: the modes of the loss at a row of a run and along the run, and what they make of a step."""
