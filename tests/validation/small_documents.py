"""The documents of the small corpus: wholly invented, with every layer and feature."""

# ruff: noqa: E501 # a mark is one line

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from newspan.corpus.sources import with_text
from newspan.corpus.standoff import dehydrate
from newspan.formats.marks import Annotator, decode
from newspan.schema.fields import fields_of
from newspan.schema.model import Document, Entity
from newspan.schema.tables import tables

Row = dict[str, Any]

FLOOD = """\
PORT ALDER, Ruritania — At least twelve miners were killed and 30 wounded when the Old Mills \
shaft flooded on Monday, the Ministry of Mines said.

“We shall reach them,” Minister Ana Duval said, “before Friday.” She denied that the pumps had \
failed.

Two officials told the Alder Post that between 40 and 50 houses were destroyed, 20 km from \
Port Alder. Strelsk called the flood “a warning”.

The harbour office put the toll at 14, nine of them guards aged 40. Repairs will cost €2.5 \
million, or a quarter of the budget, and take eleven weeks. Dozens of barges and 60% of the \
quays were lost, it added."""

FLOOD_MARKS = """
l1 location `PORT ALDER` kind=city dateline entity=port-alder
l2 location `Ruritania` kind=country entity=ruritania-land
l1 located_in l2
q0 quote `At least twelve`..`on Monday` form=indirect speaker=named channel=statement
c0 cue `said`@p1
c0 cue_of q0
a1 actor `Ministry of Mines` type=government_body entity=ministry-of-mines
q0 said_by a1
n1 number `At least twelve` kind=count low=12 modifier=at_least counted_class=person property=killed figure=flood-killed scope=total
d1 counted `miners`
n1 counts d1
l3 location `Old Mills shaft` kind=facility unresolved
n1 located_in l3
n2 number `30` kind=count value=30 counted_class=person property=wounded figure=flood-wounded elliptical
n2 counts d1
q1 quote `“We shall reach them,”` + `“before Friday.”` form=direct speaker=named channel=speech
c1 cue `said`@p2
c1 cue_of q1
a2 actor `Ana Duval` type=person title=Minister entity=ana-duval
q1 said_by a2
a3 actor `She` type=person mention=pronoun entity=ana-duval
q2 quote `that the pumps had failed` form=indirect polarity=denied speaker=named
c2 cue `denied`
c2 cue_of q2
q2 said_by a3
a4 actor `Two officials` type=person mention=nominal
a5 actor `Alder Post` type=medium entity=alder-post
q3 quote `that between`..`Port Alder` form=indirect speaker=anonymous channel=interview
c3 cue `told`
c3 cue_of q3
q3 said_by a4
q3 via a5
n3 number `between 40 and 50` kind=count low=40 high=50 modifier=range counted_class=building property=destroyed figure=flood-houses
d2 counted `houses`
n3 counts d2
n12 number `20 km` kind=measure value=20 unit=km
l4 location `Port Alder` kind=city entity=port-alder
n12 located_in l4
a6 actor `Strelsk` type=state metonymy=capital_for_government entity=strelia
c4 cue `called`
q4 quote `“a warning”` form=mixed speaker=named
c4 cue_of q4
q4 said_by a6
a7 actor `harbour office` type=organization mention=nominal entity=harbour-office
n4 number `14` kind=count value=14 counted_class=person property=killed figure=flood-killed scope=total
n4 according_to a7
n5 number `nine` kind=count value=9 counted_class=person property=killed figure=flood-guards
n5 part_of n4
d3 counted `guards`
n5 counts d3
n6 number `40`@p4 kind=age value=40 unit=a
n7 number `€2.5 million` kind=money value=2500000 unit=EUR
n8 number `a quarter` kind=ratio value=1/4 counted_class=other
n9 number `eleven weeks` kind=duration value=11 unit=wk
q5 quote `Dozens of barges`..`were lost` form=indirect speaker=named
c5 cue `added`
c5 cue_of q5
q5 said_by a7
n10 number `Dozens` kind=count modifier=vague magnitude=12 counted_class=vessel property=destroyed figure=flood-barges
d4 counted `barges`
n10 counts d4
n11 number `60%` kind=percent value=60 unit=% counted_class=place
d5 counted `quays`
n11 counts d5
note n8 "of the yearly budget"
"""

SECOND = """\
Rescuers in Port Alder brought up nine men on Wednesday, two days after the mine had flooded. \
The ministry now counts 14 dead.

“Nobody is left below,” said a spokesman. Ana Duval declined to comment."""

SECOND_MARKS = """
l1 location `Port Alder` kind=city entity=port-alder
n1 number `nine` kind=count value=9 counted_class=person property=rescued figure=flood-rescued
d1 counted `men`
n1 counts d1
n2 number `14` kind=count value=14 counted_class=person property=killed figure=flood-killed scope=total
n3 number `two days` kind=duration value=2 unit=d
q1 quote `“Nobody is left below,”` form=direct speaker=anonymous
c1 cue `said`
c1 cue_of q1
a1 actor `spokesman` type=person mention=nominal
q1 said_by a1
a2 actor `Ana Duval` type=person entity=ana-duval
q2 quote `to comment` form=indirect polarity=declined speaker=named
c2 cue `declined`
c2 cue_of q2
q2 said_by a2
"""

STRIKE = """\
NORWICK — Dockers will stop work for more than 48 hours from Tuesday, their leader Pavel Orsk \
wrote on a forum.

“The owner told us, ‘Take it or leave it,’ and we left it,” he said. Up to 300 people may join."""

STRIKE_MARKS = """
l1 location `NORWICK` kind=city dateline entity=norwick
q1 quote `Dockers`..`from Tuesday` form=indirect speaker=named channel=social_media
n1 number `more than 48 hours` kind=duration low=48 modifier=more_than unit=h
c1 cue `wrote`
c1 cue_of q1
a1 actor `Pavel Orsk` type=person title=leader entity=pavel-orsk
q1 said_by a1
q2 quote `“The owner`..`left it,”` form=direct speaker=named
c2 cue `said`
c2 cue_of q2
a2 actor `he` type=person mention=pronoun entity=pavel-orsk
q2 said_by a2
a3 actor `owner` type=person mention=nominal
q3 quote `‘Take it or leave it,’` form=direct speaker=anonymous
c3 cue `told us`
c3 cue_of q3
q3 said_by a3
n2 number `Up to 300` kind=count high=300 modifier=at_most counted_class=person property=other figure=strike-joining factuality=possible
d1 counted `people`
n2 counts d1
"""

CRANE = """\
A crane fell on a hall in Lakemouth on Sunday; police said at least five visitors were hurt.

The hall will stay shut for about 10 days, mayor Ilse Brandt said."""

CRANE_MARKS = """
l1 location `Lakemouth` kind=city entity=lakemouth
a1 actor `police` type=government_body mention=nominal entity=lakemouth-police
c1 cue `said`@p1
q1 quote `at least five visitors were hurt` form=indirect speaker=collective
c1 cue_of q1
q1 said_by a1
n1 number `at least five` kind=count low=5 modifier=at_least counted_class=person property=wounded figure=crane-hurt
d1 counted `visitors`
n1 counts d1
q2 quote `The hall`..`10 days` form=indirect speaker=named
n2 number `about 10 days` kind=duration value=10 modifier=approximate unit=d
a2 actor `Ilse Brandt` type=person title=mayor entity=ilse-brandt
c2 cue `said`@p2
c2 cue_of q2
q2 said_by a2
"""

RETOLD = """\
Five or more people were injured in Lakemouth by a toppling crane, according to officers.

The building is closed for some 10 days, in the words of the mayor."""

RETOLD_MARKS = """
l1 location `Lakemouth` kind=city entity=lakemouth
q1 quote `Five`..`crane` form=indirect speaker=collective
n1 number `Five or more` kind=count low=5 modifier=at_least counted_class=person property=wounded figure=crane-hurt
d1 counted `people`
n1 counts d1
c1 cue `according to`
c1 cue_of q1
a1 actor `officers` type=government_body mention=nominal entity=lakemouth-police
q1 said_by a1
q2 quote `The building`..`10 days` form=indirect speaker=named
n2 number `some 10 days` kind=duration value=10 modifier=approximate unit=d
c2 cue `in the words of`
c2 cue_of q2
a2 actor `mayor` type=person mention=nominal entity=ilse-brandt
q2 said_by a2
from q1 wn-9001/q1
from n1 wn-9001/n1
from q2 wn-9001/q2
from n2 wn-9001/n2
"""

ENTITIES: dict[str, Row] = {
    "alder-post": {"kind": "actor", "type": "medium", "name": "Alder Post"},
    "ana-duval": {"kind": "actor", "type": "person", "name": "Ana Duval"},
    "harbour-office": {"kind": "actor", "type": "organization", "name": "Harbour Office"},
    "ilse-brandt": {"kind": "actor", "type": "person", "wikidata": "Q900000001"},
    "lakemouth": {
        "kind": "location", "type": "city", "name": "Lakemouth", "geonames": 900000001,
        "wikidata": "Q900000002", "latitude": 51.25, "longitude": 4.5, "country_code": "XX",
        "precision": "city", "gazetteer": "tests 1",
    },
    "lakemouth-police": {"kind": "actor", "type": "government_body", "name": "Police"},
    "ministry-of-mines": {"kind": "actor", "type": "government_body", "name": "Ministry of Mines"},
    "norwick": {"kind": "location", "type": "city", "name": "Norwick"},
    "pavel-orsk": {"kind": "actor", "type": "person", "name": "Pavel Orsk"},
    "port-alder": {
        "kind": "location", "type": "city", "name": "Port Alder", "latitude": 44.5,
        "longitude": -12.25, "precision": "city", "gazetteer": "invented 1",
    },
    "ruritania-land": {"kind": "location", "type": "country", "name": "Ruritania"},
    "strelia": {"kind": "actor", "type": "state", "name": "Strelia", "place": "strelia-land"},
    "strelia-land": {"kind": "location", "type": "country", "name": "Strelia"},
}  # fmt: skip


def small_documents() -> list[Document]:
    """Two reports of one story in train, one in validation, a source and its retelling in test."""
    wikinews = {
        "carrier": {"collection": "tests", "record": "1"}, "license": "CC-BY-2.5",
        "author_kind": "human", "publisher": "Wikinews",
    }  # fmt: skip
    to_minute = {
        "published": datetime(2024, 5, 6, 9, 30, tzinfo=UTC),
        "published_precision": "minute",
    }
    return [
        _document("inv-0001", FLOOD, FLOOD_MARKS, "flood", "train", "invented"),
        _document("inv-0002", SECOND, SECOND_MARKS, "flood", "train", "invented"),
        _document("inv-0003", STRIKE, STRIKE_MARKS, "strike", "validation", "invented", to_minute),
        dehydrate(_document("wn-9001", CRANE, CRANE_MARKS, "crane", "test", "wikinews", wikinews)),
        _document("ret-0001", RETOLD, RETOLD_MARKS, "crane", "test", "retold",
                  {"based_on": ["wn-9001"]}),
    ]  # fmt: skip


def _document(
    key: str, text: str, marks: str, story: str, split: str, origin: str, more: Row | None = None
) -> Document:
    meta = {
        "id": key, "title": f"Report {key}", "language": "en",
        "published": datetime(2024, 5, 6, tzinfo=UTC), "published_precision": "day",
        "author_kind": "model", "license": "CC-BY-4.0", "story": story, "split": split,
        "origin": origin,
    }  # fmt: skip
    return decode(marks, with_text(meta | (more or {}), text), Annotator("tests", "model"))


class Rows(NamedTuple):
    """The canonical rows; all but entities with `file_split`, the split of their file."""

    articles: list[Row]
    spans: list[Row]
    relations: list[Row]
    entities: list[Row]


@cache
def small_rows() -> Rows:
    """The rows of the clean corpus; not to be changed."""
    found = tables(small_documents())
    names = [f.name for f in fields_of(Entity)]
    entities = [dict.fromkeys(names) | {"id": key} | row for key, row in ENTITIES.items()]
    articles = [a | {"file_split": a["split"]} for a in found.articles.to_pylist()]
    splits = {a["id"]: a["split"] for a in articles}
    spans, relations = (
        [row | {"file_split": splits[row["article_id"]]} for row in table.to_pylist()]
        for table in (found.spans, found.relations)
    )
    return Rows(articles, spans, relations, entities)
