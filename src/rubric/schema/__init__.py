"""The JSON schemas that ship with the package."""
