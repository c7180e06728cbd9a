"""Settings of a corpus of its own: thresholds, vocabularies, checks left out or of another level.

They stand in a small file, `newspan.toml`. What may be set, and what holds where nothing is
set, is `validation/defaults.toml`. Closed labels are the model's and cannot be set.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import is_there, read_text, refuse_irregular

__all__ = ["NAME", "Level", "Settings", "default_settings", "find_settings", "read_settings"]

NAME = "newspan.toml"
MAX_BYTES = 1_000_000
MAX_VALUE = 200
"""Characters of a vocabulary's value, of a reason, and of a file's name."""

Level = Literal["critical", "warning", "info"]


class Settings(NamedTuple):
    """What holds for a run of the checks."""

    thresholds: Mapping[str, float]
    vocabularies: Mapping[str, tuple[str, ...]]
    skip: Mapping[str, str] = {}
    """Code of a check that is left out, to the reason."""
    levels: Mapping[str, Level] = {}
    """Code of a check to the level it has here."""
    suites: tuple[Path, ...] = ()
    """Files with checks of the corpus's own."""
    path: Path | None = None
    """The file that says so; None where there is none."""
    text: str = ""
    """Its content, in which faults are found again."""

    def fault(self, message: str, remedy: str, *keys: str) -> Fault:
        """A fault of the file, at the line where the keys stand."""
        return Fault(message, remedy, self.path, line=_line(self.text, keys))


@cache
def default_settings() -> Settings:
    """What holds where nothing is set. Raises NewspanError where the package is broken."""
    found = _defaults()
    return Settings(
        {name: row["value"] for name, row in found["thresholds"].items()},
        {name: tuple(row["values"]) for name, row in found["vocabularies"].items()},
    )


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads(read_text(validation_folder() / "defaults.toml"))


def validation_folder() -> Path:
    """The folder of the suites and defaults: in the installed package, or in the checkout.

    The rules belong to the code, so $NEWSPAN_DATA does not move them.
    """
    package = Path(__file__).resolve().parents[1]
    for root in (package / "_data", package.parents[1]):
        if (root / "validation" / "suites").is_dir():
            return root / "validation"
    raise NewspanError(Fault("the suites are missing.", "Install the package again."))


def find_settings(place: Path) -> Settings:
    """The settings for a checkout, a folder or a file; the defaults where it has none.

    The file is looked for in the folder (of the file), and, where that is the `corpus/` or
    `corpus/tables/` of a checkout, in the checkout. Raises DocumentError as `read_settings`.
    """
    folder = place if place.is_dir() else place.parent
    folder = folder.resolve()
    places = [folder]
    if folder.name == "tables" and folder.parent.name == "corpus":
        places.append(folder.parents[1])
    elif folder.name == "corpus":
        places.append(folder.parent)
    for candidate in places:
        if is_there(candidate / NAME):
            return read_settings(candidate / NAME)
    return default_settings()


def read_settings(path: Path) -> Settings:
    """The settings of a file, over the defaults.

    Raises DocumentError with every fault: no TOML, an unknown key, a value of another type or
    out of bounds. Whether the checks it names exist is for the suites to say.
    """
    refuse_irregular(path)
    text = read_text(path, MAX_BYTES)
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        at = re.search(r" \(at line (\d+), column \d+\)", said)
        raise DocumentError(
            Fault(f"is not TOML: {said.replace(at[0], '') if at else said}.", "Mend the line.",
                  path, line=int(at[1]) if at else None)
        ) from error  # fmt: skip
    settings = default_settings()._replace(path=path, text=text)
    faults = list(_faults(found, settings))
    if faults:
        raise DocumentError(*faults)
    vocabularies = {
        name: (*known, *(v for v in found.get("vocabularies", {}).get(name, ()) if v not in known))
        for name, known in settings.vocabularies.items()
    }
    return settings._replace(
        thresholds={**settings.thresholds, **found.get("thresholds", {})},
        vocabularies=vocabularies,
        skip=found.get("checks", {}).get("skip", {}),
        levels=found.get("levels", {}),
        suites=tuple(path.parent / name for name in found.get("suites", {}).get("extra", ())),
    )


def _faults(found: Mapping[str, Any], settings: Settings) -> Iterator[Fault]:
    """Everything in a file that is not as it must be."""
    rules: dict[str, tuple[Sequence[str] | None, Callable[[str, Any], tuple[str, str] | None]]] = {
        "thresholds": (tuple(settings.thresholds), _threshold_problem),
        "vocabularies": (tuple(settings.vocabularies), _vocabulary_problem),
        "checks": (("skip",), _skip_problem),
        "levels": (None, _level_problem),
        "suites": (("extra",), _extra_problem),
    }
    for table, content in found.items():
        if table not in rules:
            yield settings.fault(
                f"there is no table {table!r}.", _known(table, tuple(rules)), table
            )
            continue
        names, problem = rules[table]
        if not isinstance(content, dict):
            yield settings.fault(f"{table} is no table.", f"Write [{table}] above its keys.", table)
            continue
        for key, value in content.items():
            said = (
                problem(key, value)
                if names is None or key in names
                else (f"there is no {key!r} in [{table}]", _known(key, names))
            )
            if said is not None:
                yield settings.fault(f"{said[0]}.", said[1], table, key)


def _known(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else f"There are: {', '.join(names)}."


def _threshold_problem(name: str, value: Any) -> tuple[str, str] | None:
    bounds = _defaults()["thresholds"][name]
    whole = isinstance(bounds["value"], int)
    kinds = int if whole else int | float
    if isinstance(value, bool) or not isinstance(value, kinds) or not math.isfinite(value):
        kind = "whole number" if whole else "number"
        return f"{name} is {value!r}, no {kind}", f"Write a {kind}."
    if not bounds["least"] <= value <= bounds["most"]:
        return (
            f"{name} is {value}",
            f"It must be from {bounds['least']} to {bounds['most']}.",
        )
    return None


def _vocabulary_problem(name: str, value: Any) -> tuple[str, str] | None:
    if not isinstance(value, list) or not all(map(_is_line, value)):
        return f"{name} is no list of words", 'Write them so: ["one", "two"].'
    return None


def _skip_problem(name: str, value: Any) -> tuple[str, str] | None:
    if not isinstance(value, dict) or not all(map(_is_line, value.values())):
        return f"{name} does not give a reason for each code", '{ A12 = "why it is left out" }'
    return None


def _level_problem(name: str, value: Any) -> tuple[str, str] | None:
    if value not in get_args(Level):
        return f"the level of {name} is {value!r}", f"Levels: {', '.join(get_args(Level))}."
    return None


def _extra_problem(name: str, value: Any) -> tuple[str, str] | None:
    sound = isinstance(value, list) and all(
        _is_line(item) and not Path(item).is_absolute() and ".." not in Path(item).parts
        for item in value
    )
    if not sound:
        return f"{name} is no list of files below this folder", 'Write them so: ["checks.json"].'
    return None


def _is_line(value: Any) -> bool:
    """Whether a value is a short text, in one line, that says something."""
    return (
        isinstance(value, str)
        and value == value.strip()
        and 0 < len(value) <= MAX_VALUE
        and value.isprintable()
    )


_HEADER = re.compile(r"\s*\[+\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\"' -]+?)\s*=")


def _line(text: str, keys: Sequence[str]) -> int | None:
    """The line, from 1, where the longest part of a path of keys stands; None for none."""
    best, found = 0, None
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            place = table = _parts(header[1])
        elif key := _KEY.match(line):
            place = table + _parts(key[1])
        else:
            continue
        if len(place) > best and place == tuple(keys[: len(place)]):
            best, found = len(place), number
    return found


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
