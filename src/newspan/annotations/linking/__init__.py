"""Entities: which one a mention means, what a gazetteer has for it, and what is wrong."""
