"""Which checks an input cannot meet, and why: they are skipped with the reason, never failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from newspan.schema.arrow import layer_structs
from newspan.validation.inputs import Input
from newspan.validation.selection import Selection, select
from newspan.validation.suites import Check

__all__ = ["applicable", "inapplicable"]

FILES = ("files", "derived", "derived_words")
"""Views over Parquet files, which documents and exports are not."""
UNFILED = ("C02", "C03", "E19", "S22")
"""Checks of how the tables of a whole corpus are filed."""
PRIVATE = ("A13", "A19")
"""Checks of what may be published of others' texts; to annotate a text, one has to hold it."""
METADATA = (
    "A11", "A12", "A14", "A15", "A16", "A17", "A18", "A20", "A21", "C01", "C07", "S40", "S62",
)  # fmt: skip
"""Checks of what is known of an article besides its text, its story included."""
SOURCES = ("A17", "S60", "S61")
"""Checks of retold articles against their sources."""
NAMING = ("S24", "S26", "R23")
"""Checks of what is named against whether it has an entity."""


def applicable(chosen: Selection, given: Input) -> Selection:
    """The checks less those that the input cannot meet."""
    checks = [check for suite in chosen.suites for check in suite.checks]
    more = select(chosen.suites, (), inapplicable(given, checks))
    return chosen._replace(suites=more.suites, skipped=chosen.skipped + more.skipped)


def inapplicable(given: Input, checks: Iterable[Check]) -> dict[str, str]:
    """Code of each check that is of no use here to the reason."""
    known = list(checks)
    found: dict[str, str] = {}
    for codes, reason in _reasons(given, known):
        for code in codes:
            found.setdefault(code, reason)
    return {check.code: found[check.code] for check in known if check.code in found}


def _reasons(given: Input, checks: list[Check]) -> Iterator[tuple[Iterable[str], str]]:
    tables = given.gate.tables
    if not given.gate.blocked and not tables["entities"].num_rows:
        own = [c.code for c in checks if c.suite == "entities"]
        yield own, "there is no table of entities"
    if given.kind == "tables":
        return
    yield [c.code for c in checks if c.view in FILES], "there are no tables in files"
    yield UNFILED, "these are documents, not the tables of a whole corpus"
    if given.kind == "export":
        yield PRIVATE, "an export for annotation holds the texts it is about"
    if given.bare:
        yield METADATA, f"{given.bare:,} articles came with a text and no metadata"
    if _lacks_sources(tables["articles"]):
        yield SOURCES, "sources of retold articles are not among these documents"
    if not tables["entities"].num_rows and not _names_entities(tables):
        yield NAMING, "no entity is named anywhere"


def _lacks_sources(articles: pa.Table) -> bool:
    sources = pc.unique(pc.list_flatten(articles["based_on"]))
    return not pc.all(pc.is_in(sources, pc.unique(articles["id"])), min_count=0).as_py()


def _names_entities(tables: Mapping[str, pa.Table]) -> bool:
    structs = [s.name for s in layer_structs() if s.type.get_field_index("entity") >= 0]
    spans = tables["spans"]
    return any(pc.any(pc.is_valid(pc.struct_field(spans[s], "entity"))).as_py() for s in structs)
