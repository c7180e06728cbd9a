"""What is looked at before dkpro-cassis reads a file that anybody may have written.

dkpro-cassis makes classes whose code holds the names of features, leaves an offset that is
none as it is, with a warning, and reads XML through lxml. So names are checked to be names,
offsets to be offsets, and XML is read without document types or entities and written anew:
what is read is what was checked.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from xml.etree.ElementTree import Element, ParseError, tostring

import msgspec

from newspan.errors import DocumentError, Fault, MissingExtra
from newspan.text import OffsetMap

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

__all__ = ["cas_of_json", "cas_of_xmi", "types_of_xml"]

_NAME = re.compile(r"[^\W\d_]\w*")
_TYPE_NAME = re.compile(r"[^\W\d_]\w*(\.[^\W\d_]\w*)*(\[\])?")
_XMI_ID = "{http://www.omg.org/XMI}id"
_XMI_SOFA = "{http:///uima/cas.ecore}Sofa"
_SOFA = "uima.cas.Sofa"
_LONGEST = 2**31 - 1
_DEEPEST = 16
"""No type system and no XMI is nested as deeply."""

T = TypeVar("T")


class _Place(NamedTuple):
    """An annotation, ours or not, as the file has it, before anything is made of it."""

    type: str
    number: object
    span_id: object
    sofa: object
    begin: object
    end: object


def types_of_xml(data: bytes, name: str) -> TypeSystem:
    """The type system in a UIMA description. Raises DocumentError where it is none."""
    from cassis import load_typesystem

    root = _root(data, name)
    for described in root.iter():
        tag = described.tag.rpartition("}")[2]
        if tag in ("typeDescription", "featureDescription"):
            pattern = _TYPE_NAME if tag == "typeDescription" else _NAME
            _named(described.findtext("{*}name"), pattern, name)
    return _read(lambda: load_typesystem(tostring(root, "unicode")), name)


def cas_of_xmi(data: bytes, types: TypeSystem, name: str) -> Cas:
    """The CAS in an XMI file. `name` is the article's, for errors.

    Raises DocumentError, with all faults of offsets together, where it is none.
    """
    from cassis import load_cas_from_xmi

    root = _root(data, name)
    texts: dict[object, object] = {
        e.get(_XMI_ID): e.get("sofaString") for e in root if e.tag == _XMI_SOFA
    }
    _refuse(texts, _xmi_places(root), name)
    # Entities and document types are out, so the limits that lxml sets for them may go.
    return _read(lambda: load_cas_from_xmi(tostring(root, "unicode"), types, trusted=True), name)


def _xmi_places(root: Element) -> Iterator[_Place]:
    for element in root:
        given = element.attrib
        if "begin" in given or "end" in given:
            kind = element.tag.rpartition("}")[2]
            begin, end = (_integer(given.get(key)) for key in ("begin", "end"))
            yield _Place(kind, given.get(_XMI_ID), given.get("id"), given.get("sofa"), begin, end)


def cas_of_json(data: bytes, name: str) -> Cas:
    """The CAS in a UIMA CAS JSON 0.4 file, with its type system. Raises DocumentError as above."""
    from cassis import load_cas_from_json

    structures = _json_structures(data, name)
    texts: dict[object, object] = {
        _key(s.get("%ID")): s.get("sofaString") for s in structures if s.get("%TYPE") == _SOFA
    }
    places = (
        _Place(str(s.get("%TYPE")), s.get("%ID"), s.get("id"), _key(s.get("@sofa")),
               s.get("begin"), s.get("end"))
        for s in structures if "begin" in s or "end" in s
    )  # fmt: skip
    _refuse(texts, places, name)
    return _read(lambda: load_cas_from_json(data.decode()), name)


def _json_structures(data: bytes, name: str) -> list[dict[str, Any]]:
    """The feature structures of a JSON file of which the types have proper names."""
    try:
        found = msgspec.json.decode(data, type=dict[str, Any])
        types = msgspec.convert(found.get("%TYPES"), dict[str, dict[str, Any]])
        listed = found.get("%FEATURE_STRUCTURES")
        if isinstance(listed, dict):  # as versions before 0.4 had them
            listed = [{"%ID": key, **value} for key, value in listed.items()]
        structures = msgspec.convert(listed, list[dict[str, Any]])
    except (msgspec.DecodeError, UnicodeError, TypeError) as error:
        raise _broken(name, f"is no UIMA CAS JSON: {error}") from error
    except RecursionError as error:
        raise _broken(name, "is nested too deeply") from error
    for kind, features in types.items():
        _named(kind, _TYPE_NAME, name)
        for feature in features:
            if not feature.startswith("%"):
                _named(feature, _NAME, name)
    return structures


def _key(value: object) -> object:
    return str(value) if isinstance(value, int | str) else None


def _root(data: bytes, name: str) -> Element:
    try:
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring
    except ImportError as error:
        raise MissingExtra(
            Fault("reading XML safely needs defusedxml.", "Run `pip install 'newspan[formats]'`.")
        ) from error
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise _broken(name, f"declares a document type or entities ({type(error).__name__})") from (
            error
        )
    except (ParseError, ValueError, LookupError) as error:
        raise _broken(name, f"is no XML 1.0: {error}") from error
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
    if level:
        raise _broken(name, "is nested too deeply")
    return root


def _integer(value: str | None) -> object:
    if value is not None and re.fullmatch("[0-9]{1,10}", value):
        return int(value)
    return value


def _named(found: str | None, pattern: re.Pattern[str], name: str) -> None:
    if found is None or not pattern.fullmatch(found.strip()) or found != found.strip():
        raise _broken(name, f"has a type or feature with no proper name: {str(found)[:60]!r}")


def _refuse(texts: Mapping[object, object], places: Iterable[_Place], name: str) -> None:
    """Raise DocumentError for all annotations whose place is none in their text."""
    maps = {key: OffsetMap(text, "utf-16") for key, text in texts.items() if isinstance(text, str)}
    faults = [
        Fault(f"{place.type.rpartition('.')[2]} {place.number} stands at [{place.begin}, "
              f"{place.end}), {wrong}.", "Offsets are UTF-16 code units, end exclusive.",
              article_id=name, span_id=place.span_id if isinstance(place.span_id, str) else None)
        for place in places
        if (wrong := _wrong(place, maps.get(place.sofa))) is not None
    ]  # fmt: skip
    if faults:
        raise DocumentError(*faults)


def _wrong(place: _Place, units: OffsetMap | None) -> str | None:
    """What is wrong with the place of an annotation, or None."""
    if units is None:
        return "but its text is not in the file"
    offsets = [place.begin, place.end]
    if any(type(o) is not int or not 0 <= o <= _LONGEST for o in offsets):
        return "which is no place in a text"
    try:
        units.to_points(offsets)  # type: ignore[arg-type]
    except ValueError:
        return "which is outside the text or inside a character"
    return None


def _read(read: Callable[[], T], name: str) -> T:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # features defined twice, and renamed ones
        try:
            return read()
        except Exception as error:  # whatever a broken file makes it raise
            reason = f"{type(error).__name__}: {error}"
            raise _broken(name, f"is no CAS that dkpro-cassis reads ({reason[:200]})") from error


def _broken(name: str, message: str) -> DocumentError:
    remedy = "Export it again, as UIMA CAS XMI (XML 1.0) with its TypeSystem.xml, or as CAS JSON."
    return DocumentError(Fault(f"{message}.", remedy, article_id=name))
