"""Which checks are run: all, those asked for, less those skipped for a reason."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from newspan.errors import DocumentError, Fault, NewspanError
from newspan.validation.alterations import Alteration, alterations
from newspan.validation.settings import Settings
from newspan.validation.suites import Check, Suite

__all__ = ["Selection", "parse_skips", "select", "select_by"]


class Selection(NamedTuple):
    """The checks of the suites, parted."""

    suites: tuple[Suite, ...]
    """With the checks that are run."""
    skipped: tuple[tuple[Check, str], ...]
    """The checks that are not, and the reason given."""
    left_out: int
    """How many were not among those asked for."""
    altered: tuple[Alteration, ...] = ()
    """What the settings change in the checks."""


def parse_skips(given: Iterable[str]) -> dict[str, str]:
    """Code to reason, from `CODE=REASON`. Raises NewspanError where there is no reason."""
    found: dict[str, str] = {}
    for skip in given:
        code, _, reason = skip.partition("=")
        if not reason.strip():
            raise NewspanError(
                Fault(f"--skip {skip!r} gives no reason.", "Write --skip CODE=REASON.")
            )
        found[code.strip()] = reason.strip()
    return found


def select_by(
    settings: Settings, suites: Sequence[Suite], only: Collection[str] = (),
    skip: Mapping[str, str] | None = None,
) -> Selection:  # fmt: skip
    """Part the checks as the settings say and the caller, who goes before them.

    Raises DocumentError as `select`.
    """
    chosen = select(suites, only, {**settings.skip, **(skip or {})})
    return chosen._replace(altered=tuple(alterations(settings, suites)))


def select(
    suites: Sequence[Suite], only: Collection[str] = (), skip: Mapping[str, str] | None = None
) -> Selection:
    """Part the checks; without `only`, all are asked for.

    Raises DocumentError for a code that no suite has, a reason that is empty, and where no
    check is left.
    """
    skip = skip or {}
    checks = [check for suite in suites for check in suite.checks]
    faults = list(_faults([c.code for c in checks], only, skip))
    if faults:
        raise DocumentError(*faults)
    skipped = tuple((c, skip[c.code]) for c in checks if c.code in skip)
    asked = {c.code for c in checks if c.code not in skip and (not only or c.code in only)}
    if not asked:
        raise DocumentError(Fault("no check is left to run.", "Skip fewer, or ask for more."))
    kept = tuple(Suite(s.name, tuple(c for c in s.checks if c.code in asked)) for s in suites)
    return Selection(kept, skipped, len(checks) - len(asked) - len(skipped))


def _faults(
    codes: Sequence[str], only: Collection[str], skip: Mapping[str, str]
) -> Iterator[Fault]:
    for code in dict.fromkeys([*only, *skip]):
        if code not in codes:
            near = difflib.get_close_matches(code.upper(), codes, 1)
            hint = f"Did you mean {near[0]}? " if near else ""
            yield Fault(f"there is no check {code!r}.", f"{hint}See validation/checks.md.")
    for code, reason in skip.items():
        if not reason.strip():
            yield Fault(f"check {code} is skipped without a reason.", "Give one.")
