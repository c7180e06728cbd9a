"""The data model and what is derived from it."""
