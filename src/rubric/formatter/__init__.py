"""The house layout of what the author of a rubric added. Sees surface trees only."""
