"""What can be said of a rubric before any facts: gaps and overlaps of bands, undefined divisions, unused data."""
