"""What is wrong with an annotation, and what a Document has no place for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newspan.errors import Fault

__all__ = ["Findings"]


class Findings:
    """Collects the faults of one annotation and what is kept aside, by region id."""

    def __init__(self, article_id: str, pass_name: str, path: Path | None) -> None:
        self.article_id = article_id
        self.prefix = f"{article_id}/{pass_name}"
        self.path = path
        self.faults: list[Fault] = []
        self.aside: dict[str, Any] = {}

    def fault(self, message: str, remedy: str, region: str | None = None) -> None:
        """Note something unfinished or wrong at a region."""
        span = f"{self.prefix}/{region}" if region else None
        self.faults.append(Fault(message, remedy, self.path, self.article_id, span))

    def keep(self, region: str | None, key: str, value: Any) -> None:
        """Keep a value aside under a region; two values of one key are both kept."""
        kept = self.aside.setdefault(region or "", {})
        name, number = key, 1
        while name in kept:
            if kept[name] == value:
                return
            number += 1
            name = f"{key} {number}"
        kept[name] = value

    def keep_unknown(
        self, region: str, found: Mapping[str, Any], known: frozenset[str], prefix: str = ""
    ) -> None:
        """Keep aside what stands under keys that are not known."""
        for key in sorted(found.keys() - known):
            self.keep(region, f"{prefix}{key}", found[key])
