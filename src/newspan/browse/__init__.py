"""Seeing the corpus."""
