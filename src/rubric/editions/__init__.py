"""Editions: `rubrics/<year>/` → a named source and what is known of its issue. The first room that touches files."""

from rubric.editions.catalog import FoundRubric, Listed, Origin, find, list_editions
from rubric.editions.metadata import Edition, EditionStatus

__all__ = ["Edition", "EditionStatus", "FoundRubric", "Listed", "Origin", "find", "list_editions"]
