"""Names of others as ids of ours."""

from __future__ import annotations

import re

__all__ = ["slug"]

_OTHER = re.compile("[^a-z0-9]+")


def slug(name: str) -> str:
    """A name in lower case, with hyphens for all but letters a to z and digits; "" if it has none.

    What is too long is for the model to refuse.
    """
    return _OTHER.sub("-", name.casefold()).strip("-")
