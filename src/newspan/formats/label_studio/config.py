"""Whether a project's labelling configuration can hold our annotations.

Compared is what decides how results are written and read: controls, what they point to, and
the values they offer. Colours, hotkeys, headings and layout are the project's own business.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from newspan.errors import DocumentError, Fault, MissingExtra
from newspan.files import read_text
from newspan.schema.labelling import label_config

__all__ = ["check_config", "config_digest", "config_faults"]

_VALUES = {"labels": "label", "choices": "choice", "relations": "relation"}
"""Tag that offers values, to the tag of one of them (both in small letters)."""
_KEPT = ("toname", "value", "perregion", "granularity")
"""Properties of a control that results depend on."""


class _Control(NamedTuple):
    tag: str
    properties: dict[str, str]
    values: frozenset[str]


def check_config(path: Path) -> None:
    """Raise DocumentError, with all faults, where the configuration in a file is not ours."""
    faults = config_faults(read_text(path), path)
    if faults:
        raise DocumentError(*faults)


def config_faults(xml: str, path: Path | None = None) -> list[Fault]:
    """What in a labelling configuration would lose or refuse annotations of ours.

    The XML is read without entities, document types or anything from outside. Raises
    DocumentError where it is no such XML, MissingExtra without defusedxml.
    """
    theirs, ours = _controls(xml, path), _controls(label_config(), None)
    return [
        Fault(f"{what}.", "Paste the configuration that `newspan studio config` prints.", path)
        for name in sorted(theirs.keys() | ours.keys())
        for what in _differences(name, ours.get(name), theirs.get(name))
    ]


def config_digest(xml: str) -> str:
    """The SHA-256 of what `config_faults` compares: alike for configurations that look different.

    Raises DocumentError where it is no such XML, MissingExtra without defusedxml.
    """
    found = [
        [name, control.tag, sorted(control.properties.items()), sorted(control.values)]
        for name, control in sorted(_controls(xml, None).items())
    ]
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()


def _controls(xml: str, path: Path | None) -> dict[str, _Control]:
    try:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring
    except ImportError as error:
        raise MissingExtra(
            Fault("reading XML safely needs defusedxml.", "Run `pip install 'newspan[studio]'`.")
        ) from error

    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as error:
        raise DocumentError(
            Fault(
                f"declares a document type or entities ({type(error).__name__}).",
                "A labelling configuration has none; remove them.",
                path,
            )
        ) from error
    except (ParseError, ValueError, RecursionError) as error:
        raise DocumentError(
            Fault(f"is not XML: {error}.", "Copy the configuration again.", path)
        ) from error
    found: dict[str, _Control] = {}
    for element in root.iter():
        tag = str(element.tag).lower()
        name = element.get("name") or ("relations" if tag == "relations" else None)
        if name is not None:
            found[name] = _Control(tag, _properties(element), frozenset(_values(element, tag)))
    return found


def _properties(element: Element) -> dict[str, str]:
    given = {key.lower(): value for key, value in element.items()}
    return {key: given[key] for key in _KEPT if key in given}


def _values(element: Element, tag: str) -> Iterator[str]:
    for child in element.iter():
        if str(child.tag).lower() == _VALUES.get(tag):
            # Where a choice has an alias, that is what results hold.
            yield child.get("alias") or child.get("value") or ""


def _differences(name: str, ours: _Control | None, theirs: _Control | None) -> Iterator[str]:
    if theirs is None:
        yield f"the control {name} is missing"
    elif ours is None:
        yield f"the control {name} is not ours, and what is entered there would not be read"
    elif ours.tag != theirs.tag:
        yield f"the control {name} is of type {theirs.tag}, not {ours.tag}"
    else:
        for key in _KEPT:
            if ours.properties.get(key) != theirs.properties.get(key):
                have, want = theirs.properties.get(key, "no"), ours.properties.get(key, "none")
                yield f"the control {name} has {have!r} for {key}, not {want!r}"
        if missing := sorted(ours.values - theirs.values):
            yield f"the control {name} lacks the values {', '.join(missing)}"
        if more := sorted(theirs.values - ours.values):
            yield f"the control {name} offers values that are not ours: {', '.join(more)}"
