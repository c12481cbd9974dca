"""Outcomes and findings as texts, tables and JSON values."""
