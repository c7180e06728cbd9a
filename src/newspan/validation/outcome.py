"""What the checks found: an outcome a check, a report of all; how it is printed is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newspan.validation.alterations import Alteration
from newspan.validation.suites import Check

if TYPE_CHECKING:
    from newspan.validation.places import Place

__all__ = ["LEVELS", "MAX_ROWS", "Outcome", "Report"]

MAX_ROWS = 20
"""Rows of a finding that are kept, where nothing else is asked; the count is always exact."""
LEVELS = ("error", "critical", "warning", "info")
"""The levels of findings, the gravest first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check said."""

    check: Check
    failed: int
    """How many rows break it, exactly."""
    of: int
    """How many rows it looked at."""
    rows: tuple[Mapping[str, Any], ...] = ()
    """The first of them."""
    error: str | None = None
    """Why the check could not be computed; such a check is critical whatever its level."""
    places: tuple[tuple[Place, ...], ...] = ()
    """For each of the rows, what it is about; empty where nothing was looked up."""
    keys: tuple[str, ...] | None = None
    """A key of every row that breaks it, sorted; None where they were not asked for or too many."""
    new: int | None = None
    """How many of the rows the baseline does not have; None without a baseline."""

    @property
    def level(self) -> str:
        """critical, warning, info, or error where the check raised; "" where all is well."""
        if self.error is not None:
            return "error"
        return self.check.level if self.failed else ""

    @property
    def known(self) -> int:
        """How many of the rows the baseline has too."""
        return 0 if self.new is None else self.failed - self.new

    @property
    def fresh(self) -> int:
        """How many of the rows are not known."""
        return self.failed - self.known

    @property
    def settled(self) -> bool:
        """Whether the baseline knows all of it."""
        return self.error is None and self.failed > 0 and self.fresh == 0

    def fails(self, *, strict: bool = False) -> bool:
        """Whether it makes the run fail: it raised, or has critical rows that are not known."""
        grave = ("critical", "warning") if strict else ("critical",)
        return self.error is not None or (self.level in grave and self.fresh > 0)

    def located(self) -> Iterator[tuple[Mapping[str, Any], tuple[Place, ...]]]:
        """Each row with what it is about."""
        for at, row in enumerate(self.rows):
            yield row, self.places[at] if at < len(self.places) else ()


@dataclass(frozen=True, slots=True)
class Report:
    """The outcomes of all checks over one corpus folder."""

    path: Path
    outcomes: tuple[Outcome, ...]
    not_run: tuple[tuple[str, str], ...] = ()
    """(suite, why) of the suites that there was no sense in running."""
    rows: Mapping[str, int] | None = None
    """Rows of the canonical tables, where they were read."""
    skipped: tuple[tuple[Check, str], ...] = field(default=(), kw_only=True)
    """Checks that were left out on purpose, and the reason given."""
    left_out: int = field(default=0, kw_only=True)
    """How many checks were not among those asked for."""
    baseline: Path | None = field(default=None, kw_only=True)
    """The earlier report that says what is known."""
    altered: tuple[Alteration, ...] = field(default=(), kw_only=True)
    """What the settings change in the checks, those left out apart."""

    @property
    def findings(self) -> tuple[Outcome, ...]:
        """The outcomes that are not well, the gravest first, then in the order of the suites."""
        found = [o for o in self.outcomes if o.level]
        return tuple(sorted(found, key=lambda o: LEVELS.index(o.level)))

    @property
    def codes(self) -> frozenset[str]:
        """Codes of the checks that found something or raised."""
        return frozenset(o.check.code for o in self.outcomes if o.level)

    def notes(self) -> Iterator[str]:
        """A line for each thing that the outcomes do not say: what is set otherwise, what was
        left out on purpose, which suites were not run, and why."""
        yield from map(str, self.altered)
        for checks, reason in self._skips():
            yield f"skipped: {checks} ({reason})"
        for suite, why in self.not_run:
            yield f"not run: {suite} ({why})"

    def _skips(self) -> Iterator[tuple[str, str]]:
        """(checks, reason) of what was left out on purpose; checks of one reason together."""
        by_reason: dict[str, list[Check]] = {}
        for check, reason in self.skipped:
            by_reason.setdefault(reason, []).append(check)
        for reason, checks in by_reason.items():
            alone = len(checks) == 1
            codes = " ".join(check.code for check in checks)
            yield (f"{codes} {checks[0].meaning}" if alone else codes), reason

    def exit_code(self, *, strict: bool = False) -> int:
        """0 where clean or with warnings only (`strict`: without warnings too), else 1.

        What the baseline knows does not count; a check that raised always does.
        """
        return 1 if any(o.fails(strict=strict) for o in self.outcomes) else 0

    def summary(self, *, strict: bool = False) -> str:
        """One line: the verdict, what was looked at, and how many findings of which level."""
        counts = {level: sum(o.level == level for o in self.outcomes) for level in LEVELS}
        said = [f"{n} {level}" for level, n in counts.items() if n] or ["all clean"]
        if self.baseline is not None:
            known, rows = sum(o.known for o in self.outcomes), sum(o.failed for o in self.outcomes)
            said.append(f"{known:,} of {rows:,} rows known")
        if self.altered:
            said.append(f"{len(self.altered)} set otherwise")
        if self.skipped:
            said.append(f"{len(self.skipped)} skipped")
        if self.left_out:
            said.append(f"{self.left_out} not asked for")
        held = ", ".join(f"{n:,} {name}" for name, n in (self.rows or {}).items())
        verdict = "FAILED" if self.exit_code(strict=strict) else "passed"
        checks = "1 check" if len(self.outcomes) == 1 else f"{len(self.outcomes)} checks"
        where = f"{self.path}: {checks}{f' over {held}' if held else ''}"
        return f"{verdict}: {where}: {', '.join(said)}"
