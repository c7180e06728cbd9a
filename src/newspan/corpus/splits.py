"""Splits by story: append-only, and a story never moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from newspan.schema.model import Article

__all__ = ["assign_splits", "splits_csv"]

SHARES = {"train": 0.7, "validation": 0.1, "test": 0.2}
"""Shares of the articles that the splits aim at."""


def assign_splits(
    known: Mapping[str, str], articles: Mapping[str, Article]
) -> tuple[dict[str, str], dict[str, str]]:
    """(split of every story, those that are new). A new story goes, with all its articles,
    to the split that lacks most of its share; new stories are taken in the order of their
    keys."""
    sizes = Counter(article.story for article in articles.values())
    have = Counter(dict.fromkeys(SHARES, 0))
    for story, split in known.items():
        have[split] += sizes[story]
    new: dict[str, str] = {}
    for story in sorted(sizes.keys() - known.keys()):
        total = have.total() + sizes[story]
        new[story] = max(SHARES, key=lambda s: SHARES[s] * total - have[s])
        have[new[story]] += sizes[story]
    return {**known, **new}, new


def splits_csv(path: Path, new: Mapping[str, str]) -> str:
    """The table of splits with the new stories appended."""
    old = path.read_text(encoding="utf-8") if path.is_file() else "story,split\n"
    return old + "".join(f"{story},{split}\n" for story, split in new.items())
