"""Instant play for an author: one clause and a few values, no declarations."""
