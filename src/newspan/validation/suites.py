"""The suites: which checks there are, read strictly from `validation/suites/*.json`.

Great Expectations leaves out, with a line in the log, what it cannot read in a suite, and
is green then. So nothing here is lenient: a key too many, a code twice, a missing remedy
or an unknown name is an error that names the file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta

from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_json
from newspan.schema.fields import attributes, fields_of
from newspan.schema.model import LAYERS, RELATIONS, Article, Entity, Span
from newspan.text import NORMALIZATION

__all__ = ["Check", "Suite", "checks_markdown", "load_suites", "suites_folder"]

NAMES = ("files", "articles", "spans", "relations", "entities", "corpus")
"""The suites, in the order they are run; a check's code begins with the first letter."""
SQL_RULE = "expect_no_violating_rows"
"""The project's own expectation: SQL over the views that finds what must not be there."""

Level = Literal["critical", "warning", "info"]
_Sentence = Annotated[str, Meta(min_length=10)]


class Check(NamedTuple):
    """One data-quality check, ready to run."""

    code: str
    level: Level
    meaning: str
    """What it catches, one sentence."""
    remedy: str
    suite: str
    view: str
    """The view it looks at; for an SQL rule, the one whose rows it counts."""
    type: str
    """Name of the expectation."""
    kwargs: dict[str, Any]


class Suite(NamedTuple):
    """A file of checks."""

    name: str
    checks: tuple[Check, ...]


class _Meta(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, Meta(pattern="^[A-Z][0-9]{2}$")]
    remedy: _Sentence
    view: str | None = None


class _Expectation(msgspec.Struct, forbid_unknown_fields=True):
    type: Annotated[str, Meta(pattern="^expect_[a-z_]+$")]
    severity: Level
    notes: _Sentence
    meta: _Meta
    kwargs: dict[str, Any]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    expectations: Annotated[list[_Expectation], Meta(min_length=1)]


def suites_folder() -> Path:
    """The folder of the suites: in the installed package, or in the checkout.

    The rules belong to the code, so $NEWSPAN_DATA does not move them.
    """
    package = Path(__file__).resolve().parents[1]
    for root in (package / "_data", package.parents[1]):
        if (root / "validation" / "suites").is_dir():
            return root / "validation" / "suites"
    raise NewspanError(Fault("the suites are missing.", "Install the package again."))


def load_suites(folder: Path | None = None) -> tuple[Suite, ...]:
    """All suites of a folder (default: the project's own), placeholders filled in.

    Raises DocumentError with every suite that is missing, cannot be read, or has a check
    without code, level, meaning or remedy, with a code used twice, or naming an unknown field.
    """
    folder = suites_folder() if folder is None else folder
    faults: list[Fault] = []
    suites = []
    for name in NAMES:
        path = folder / f"{name}.json"
        try:
            suites.append(Suite(name, tuple(_checks(path, name))))
        except NewspanError as error:
            faults += error.faults
    seen: dict[str, str] = {}
    for suite in suites:
        for check in suite.checks:
            if check.code in seen:
                faults.append(
                    Fault(
                        f"code {check.code} is used twice (also in {seen[check.code]}.json).",
                        "Give each check its own.",
                        folder / f"{suite.name}.json",
                    )
                )
            seen[check.code] = suite.name
    if faults:
        raise DocumentError(*faults)
    return tuple(suites)


def _checks(path: Path, name: str) -> list[Check]:
    def fault(message: str, remedy: str) -> DocumentError:
        return DocumentError(Fault(message, remedy, path))

    try:
        found = msgspec.convert(read_json(path), _File)
    except msgspec.ValidationError as error:
        raise fault(f"{error}.", "See validation/README.md.") from error
    if found.name != name:
        raise fault(f"the suite is named {found.name!r}.", "Name it as its file.")
    made = []
    for e in found.expectations:
        if e.meta.code[0] != name[0].upper():
            raise fault(
                f"code {e.meta.code} is not of this suite.", f"Begin it with {name[0].upper()}."
            )
        view = e.kwargs.get("scope") if e.type == SQL_RULE else e.meta.view
        if not isinstance(view, str):
            key = "kwargs.scope" if e.type == SQL_RULE else "meta.view"
            raise fault(f"check {e.meta.code} names no view.", f"Add {key}.")
        try:
            kwargs = {key: _filled(value) for key, value in e.kwargs.items()}
        except KeyError as error:
            raise fault(
                f"check {e.meta.code}: the model has no enumeration {error}.", "Correct the name."
            ) from error
        made.append(
            Check(e.meta.code, e.severity, e.notes, e.meta.remedy, name, view, e.type, kwargs)
        )
    return made


_PLACEHOLDER = re.compile(r"\{(values:[a-z]+\.[a-z_]+|normalization)\}")


def _filled(value: Any) -> Any:
    """A value with `{values:actor.type}` replaced by the labels that the model has.

    Alone it becomes a list; inside SQL, a list of SQL strings.
    """
    if not isinstance(value, str):
        return value
    whole = _PLACEHOLDER.fullmatch(value)
    if whole is not None:
        return list(_values(whole[1]))
    return _PLACEHOLDER.sub(
        lambda match: ", ".join("'" + v.replace("'", "''") + "'" for v in _values(match[1])), value
    )


def _values(name: str) -> tuple[str, ...]:
    """The labels that a placeholder stands for. Raises KeyError."""
    if name == "normalization":
        return (NORMALIZATION,)
    record, _, field = name.removeprefix("values:").partition(".")
    if (record, field) == ("relation", "type"):
        return tuple(RELATIONS)
    records: dict[str, Any] = {"article": Article, "span": Span, "entity": Entity}
    fields = attributes(record) if record in LAYERS else fields_of(records[record])
    found = {f.name: f.values for f in fields}.get(field, ())
    if not found:
        raise KeyError(f"{record}.{field}")
    return found


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
