"""What the settings of a corpus change in the checks, so that every report can say it.

A run may be green because a check was lowered or a threshold moved; whoever reads its report
sees that without the settings at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newspan.validation.settings import Settings, default_settings
from newspan.validation.suite_file import Suite

__all__ = ["Alteration", "alterations"]


class Alteration(NamedTuple):
    """One thing that a file of settings sets otherwise than the package does."""

    kind: str
    """level, threshold or vocabulary."""
    name: str
    """The code of a check, or the name of the setting."""
    before: str
    """What held without the file; "" for a vocabulary, which is only added to."""
    now: str
    """What holds, or is added."""
    path: Path
    """The file."""

    @property
    def change(self) -> str:
        """What holds now and did before, in words."""
        return f"{self.now}, not {self.before}" if self.before else f"also {self.now}"

    def __str__(self) -> str:
        what = f"level of {self.name}" if self.kind == "level" else f"{self.kind} {self.name}"
        return f"{self.path.name} sets {what}: {self.change}"


def alterations(settings: Settings, suites: Sequence[Suite]) -> Iterator[Alteration]:
    """What the settings change: levels in the order of the suites, thresholds, vocabularies.

    Checks that are left out are told with their reason, and are not among these.
    """
    if settings.path is None:
        return
    path, own = settings.path, default_settings()
    for check in (check for suite in suites for check in suite.checks):
        if check.stated is not None and check.stated != check.level:
            yield Alteration("level", check.code, check.stated, check.level, path)
    for name, value in settings.thresholds.items():
        if value != own.thresholds[name]:
            yield Alteration("threshold", name, str(own.thresholds[name]), str(value), path)
    for name, values in settings.vocabularies.items():
        if added := [value for value in values if value not in own.vocabularies[name]]:
            yield Alteration("vocabulary", name, "", ", ".join(added), path)
