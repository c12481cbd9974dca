"""Findings about a user's things: what a finding is, which exist, how it is drawn, why each exists."""
