"""Adapters between Documents and other formats: independent leaves, one table of them."""
