"""The corpus: its sources, its tables, and how they are built and loaded."""
