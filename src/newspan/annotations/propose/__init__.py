"""Proposals: spans, relations and entities found by rules and a language model."""
