"""From text to the surface tree: what the author wrote."""
