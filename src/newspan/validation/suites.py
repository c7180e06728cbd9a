"""The suites: which checks there are, read strictly from `validation/suites/*.json`.

Great Expectations leaves out, with a line in the log, what it cannot read in a suite, and
is green then. So nothing here is lenient: a key too many, a code twice, a missing remedy
or an unknown name is an error that names the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from newspan.errors import DocumentError, Fault, NewspanError
from newspan.validation.corpus_files import BLOCKING
from newspan.validation.settings import Level, Settings, default_settings, validation_folder
from newspan.validation.suite_file import SQL_RULE, Check, Suite, read_checks

__all__ = [
    "NAMES",
    "OWN",
    "SQL_RULE",
    "Check",
    "Level",
    "Suite",
    "checks_markdown",
    "load_suites",
    "suites_folder",
]

NAMES = ("files", "articles", "spans", "relations", "entities", "corpus")
"""The suites, in the order they are run; a check's code begins with the first letter."""
OWN = "X"
"""The letter that the codes of a corpus's own checks begin with."""
_SUITE_NAME = re.compile("[a-z][a-z0-9_-]*")


def suites_folder() -> Path:
    """The folder of the suites: in the installed package, or in the checkout."""
    return validation_folder() / "suites"


def load_suites(folder: Path | None = None, settings: Settings | None = None) -> tuple[Suite, ...]:
    """All suites of a folder (default: the project's own) and those that the settings add,
    placeholders filled in, levels as the settings say.

    Raises DocumentError with every suite that is missing, cannot be read, or has a check
    without code, level, meaning or remedy, with a code used twice, or naming an unknown field;
    and with every code of the settings that no check has.
    """
    folder = suites_folder() if folder is None else folder
    settings = default_settings() if settings is None else settings
    files = [(name, folder / f"{name}.json", name[0].upper()) for name in NAMES]
    faults: list[Fault] = []
    for path in settings.suites:
        if path.stem in NAMES or not _SUITE_NAME.fullmatch(path.stem) or not _below(path, settings):
            faults.append(
                settings.fault(
                    f"{path.name} is no name for a suite of one's own.",
                    "Name a file below this folder: small letters, digits, - and _; not "
                    f"{', '.join(NAMES)}.",
                    "suites",
                    "extra",
                )
            )
        else:
            files.append((path.stem, path, OWN))
    suites = []
    for name, path, letter in files:
        try:
            suites.append(Suite(name, tuple(read_checks(path, name, letter, settings))))
        except NewspanError as error:
            faults += error.faults
    faults += _repeated(suites, {name: path for name, path, _ in files})
    if faults:
        raise DocumentError(*faults)
    return _levelled(suites, settings)


def _below(path: Path, settings: Settings) -> bool:
    """Whether a file, links followed, is in the folder of the settings."""
    return settings.path is None or path.resolve().is_relative_to(settings.path.parent.resolve())


def _repeated(suites: Sequence[Suite], paths: dict[str, Path]) -> Iterator[Fault]:
    """Codes that two checks have."""
    seen: dict[str, str] = {}
    for suite in suites:
        for check in suite.checks:
            if check.code in seen:
                yield Fault(
                    f"code {check.code} is used twice (also in {seen[check.code]}.json).",
                    "Give each check its own.",
                    paths[suite.name],
                )
            seen[check.code] = suite.name


def _levelled(suites: Sequence[Suite], settings: Settings) -> tuple[Suite, ...]:
    """The suites with the levels of the settings. Raises DocumentError for unknown codes, and
    where a check is touched without which nothing can be checked."""
    known = {check.code: check for suite in suites for check in suite.checks}
    faults = []
    for keys, codes in ((("checks", "skip"), settings.skip), (("levels",), settings.levels)):
        for code in codes:
            if code not in known:
                near = get_close_matches(code, known, n=1, cutoff=0.6)
                remedy = f"Did you mean {near[0]}?" if near else "See validation/checks.md."
                faults.append(settings.fault(f"there is no check {code!r}.", remedy, *keys, code))
            elif known[code].kwargs.get("column") in BLOCKING and known[code].view == "files":
                faults.append(
                    settings.fault(
                        f"{code} cannot be left out or lowered: past it nothing can be checked.",
                        "Mend the file.", *keys, code,
                    )
                )  # fmt: skip
    if faults:
        raise DocumentError(*faults)
    return tuple(
        Suite(suite.name, tuple(
            check._replace(level=settings.levels[check.code], stated=check.level)
            if check.code in settings.levels else check
            for check in suite.checks
        ))
        for suite in suites
    )  # fmt: skip


def checks_markdown(folder: Path | None = None) -> str:
    """The list of all checks as a Markdown page: `validation/checks.md` is derived from it."""
    suites = load_suites(folder)
    total = sum(len(suite.checks) for suite in suites)
    lines = [
        "# Checks",
        "",
        "Written by `newspan derive` from `suites/*.json`; do not edit.",
        "",
        f"{total} checks. Critical findings make `newspan validate` exit with 1; warnings do so",
        "with `--strict`; info is only shown.",
    ]
    for suite in suites:
        lines += ["", f"## {suite.name}", "", "| code | level | what it catches | what to do |",
                  "|---|---|---|---|"]  # fmt: skip
        lines += [
            f"| {c.code} | {c.level} | {_cell(c.meaning)} | {_cell(c.remedy)} |"
            for c in suite.checks
        ]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
