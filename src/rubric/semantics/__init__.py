"""From the surface tree to the core program: names bound, types checked, sugar gone."""
