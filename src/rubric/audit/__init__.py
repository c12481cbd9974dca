"""Claimed scores against attainable ones."""
