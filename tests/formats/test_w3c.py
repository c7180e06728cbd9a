"""Web Annotations: what the Recommendation asks of ours, and what we take of others'."""

import json

import msgspec
import pytest
from hypothesis import given, settings

import newspan
from newspan.errors import DocumentError, NewspanError
from newspan.formats import w3c
from newspan.formats.bare import bare_article, bare_span
from newspan.formats.w3c.file import annotations_of, collection
from newspan.formats.w3c.terms import CONTEXT
from newspan.schema.model import Document, Relation, relation_id
from strategies import corpora

TEXT = "🔥 “We shall see,” said Ana, “and wait,” Ana said."


def document():
    """A report with an emoji first, a quote in fragments and its speaker."""
    article = bare_article("inv-1", TEXT)
    parts = [(2, TEXT.index(" said")), (TEXT.index("“and"), TEXT.index(" Ana said"))]
    quote = bare_span("quote", "inv-1/pass-1/q", parts, TEXT,
                      {"form": "direct", "speaker": "named", "note": "", "score": 0.1,
                       "annotator": "Ève", "annotator_kind": "model"})  # fmt: skip
    ana = TEXT.index("Ana")
    actor = bare_span("actor", "inv-1/pass-1/a", [(ana, ana + 3)], TEXT, {"type": "person"})
    arc = Relation(id=relation_id(quote.id, "said_by", actor.id), type="said_by",
                   head=quote.id, tail=actor.id)  # fmt: skip
    return Document(article=article, spans=(quote, actor), relations=(arc,))


def test_annotations_are_as_the_recommendation_has_them():
    described, quote, actor, arc = w3c.encode([document()])
    assert described["motivation"] == "describing"
    assert described["target"] == {
        "id": "urn:newspan:article:inv-1", "type": "Text", "format": "text/plain",
        "language": "en", "value": TEXT,
    }  # fmt: skip
    assert actor["target"] == {
        "type": "SpecificResource",
        "source": "urn:newspan:article:inv-1",
        "selector": [
            {"type": "TextPositionSelector", "start": 23, "end": 26},
            {"type": "TextQuoteSelector", "exact": "Ana", "prefix": TEXT[:23],
             "suffix": TEXT[26:]},
        ],
    }  # fmt: skip
    assert actor["body"][0] == {"type": "TextualBody", "purpose": "tagging",
                                "value": "actor:person"}  # fmt: skip
    assert actor["body"][1]["newspan:mention"] == "name"
    assert [t["selector"][1]["exact"] for t in quote["target"]] == [
        "“We shall see,”", "“and wait,”",
    ]  # fmt: skip
    assert quote["creator"] == {"type": "Software", "name": "Ève"}
    assert quote["body"][2] == {"type": "TextualBody", "purpose": "commenting", "value": ""}
    assert (arc["motivation"], arc["target"]) == ("linking", quote["id"])
    assert arc["body"] == [
        {"type": "TextualBody", "purpose": "tagging", "value": "said_by"},
        {"type": "SpecificResource", "purpose": "linking", "source": actor["id"]},
    ]


def test_the_file_is_a_collection_with_one_page():
    found = json.loads(b"".join(collection(w3c.encode([document()]))))
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (found["type"], found["total"]) == ("AnnotationCollection", 4)
    page = found["first"]
    assert (page["type"], page["startIndex"], len(page["items"])) == ("AnnotationPage", 0, 4)


PUBLISHED = {
    "oa": "http://www.w3.org/ns/oa#", "as": "http://www.w3.org/ns/activitystreams#",
    "dctypes": "http://purl.org/dc/dcmitype/", "foaf": "http://xmlns.com/foaf/0.1/",
    "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "Dataset": "dctypes:Dataset", "Text": "dctypes:Text",
    "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "Person": "foaf:Person", "Software": "as:Application",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "describing": "oa:describing", "linking": "oa:linking", "tagging": "oa:tagging",
    "commenting": "oa:commenting",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "creator": {"@type": "@id", "@id": "http://purl.org/dc/terms/creator"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "first": {"@type": "@id", "@id": "as:first"},
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "label": "http://www.w3.org/2000/01/rdf-schema#label", "name": "foaf:name",
    "start": "oa:start", "end": "oa:end", "exact": "oa:exact", "prefix": "oa:prefix",
    "suffix": "oa:suffix", "total": "as:totalItems", "startIndex": "as:startIndex",
}  # fmt: skip
"""What the published context says of the terms that we use; nothing is fetched."""


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
def test_every_key_means_something_in_linked_data():
    rdflib = pytest.importorskip("rdflib")
    article = msgspec.structs.replace(document().article, byline=("Ana", "Ana", "Bo"))
    given_ = msgspec.structs.replace(document(), article=article)
    found = json.loads(b"".join(collection(w3c.encode([given_]))))
    found["@context"] = [PUBLISHED, *found["@context"][1:]]
    used = keys(found)
    assert {k for k in used if ":" not in k} <= PUBLISHED.keys() | {"@context"}
    graph = rdflib.Graph().parse(data=json.dumps(found), format="json-ld")
    oa, term = rdflib.Namespace(PUBLISHED["oa"]), rdflib.Namespace("urn:newspan:term:")
    assert len(set(graph.subjects(rdflib.RDF.type, oa.Annotation))) == 4
    assert {str(p) for p in graph.predicates() if str(p).startswith(term)} == {
        k.replace("newspan:", str(term)) for k in used if k.startswith("newspan:")
    }
    (names,) = graph.objects(None, term.byline)
    assert [str(n) for n in rdflib.collection.Collection(graph, names)] == ["Ana", "Ana", "Bo"]
    source = rdflib.URIRef("urn:newspan:article:inv-1")
    assert graph.value(source, rdflib.RDF.value) == rdflib.Literal(TEXT)
    starts = {o.toPython() for o in graph.objects(None, oa.start)}
    assert starts == {2, 23, 28}


def keys(value):
    if isinstance(value, dict):
        own = set(value) - {"@context"}
        return own.union(*(keys(v) for k, v in value.items() if k != "@context"))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


def test_lists_of_the_article_keep_their_order_by_the_context():
    assert CONTEXT[1]["newspan:byline"]["@container"] == "@list"


def note(tag, *selectors, source="https://example.org/Flood 1", **more):
    return {
        "type": "Annotation",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag}],
        "target": {"source": source, "selector": list(selectors)},
    } | more


def position(start, end):
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quote(exact, prefix="", suffix=""):
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def given_text(text=TEXT, address="https://example.org/Flood 1"):
    return {"type": "Annotation", "target": {"id": address, "type": "Text", "value": text}}


def test_annotations_of_other_tools_are_spans():
    comment = {"type": "TextualBody", "purpose": "commenting", "value": "sure?"}
    tag = {"type": "TextualBody", "purpose": "oa:classifying", "value": "PER"}
    (found,) = w3c.decode([
        note("PER", position(23, 26), quote("Ana"), id="#1", creator="https://a.example/ana",
             body=[tag, comment]),
        given_text(),
        note("LOC", quote("Ana", suffix=" said.")),
    ])  # fmt: skip
    assert found.article.id == "flood-1"
    assert [(s.id, s.start, s.annotator, s.note) for s in found.spans] == [
        ("flood-1/imported/actor-1", 23, "https://a.example/ana", "sure?"),
        ("flood-1/imported/location-1", 40, "unknown", None),
    ]


def test_relations_may_have_two_targets_and_come_first():
    """As annotation tools in the browser write them."""
    arc = {"type": "Annotation", "motivation": "linking",
           "body": [{"type": "TextualBody", "purpose": "tagging", "value": "said_by"}],
           "target": [{"id": "#q"}, {"id": "#a"}]}  # fmt: skip
    (found,) = w3c.decode(
        [arc, given_text(), note("quote:direct", position(2, 17), id="#q"),
         note("actor:person", position(23, 26), id="#a")]
    )  # fmt: skip
    assert [r.id for r in found.relations] == ["flood-1/imported/quote-1.said_by.actor-1"]


@pytest.mark.parametrize("target", [None, "", "#1", ["#1", "#9"], [{"source": {}}, "#1"]])
def test_a_relation_of_one_end_is_named(target):
    arc = {"type": "Annotation", "id": "#3", "motivation": "linking", "bodyValue": "x"}
    arc["body"] = {"type": "TextualBody", "purpose": "tagging", "value": "said_by"}
    found = [given_text(), note("PER", position(23, 26)), note("PER", position(40, 43), id="#1")]
    with pytest.raises(DocumentError, match=r"#3.* links "):
        list(w3c.decode([*found, arc | {"target": target}]))


def in_utf16(annotations):
    """The annotations with their positions in UTF-16 units, as browsers count."""
    return json.loads(json.dumps(annotations), object_hook=_shifted)


def _shifted(value):
    for key in ("start", "end"):
        if value.get("type") == "TextPositionSelector":
            value[key] = len(TEXT[: value[key]].encode("utf-16-le")) // 2
    return value


def test_positions_in_utf_16_are_recognised_by_the_quotes_of_the_whole_file():
    annotations = list(w3c.encode([document()]))
    units = in_utf16(annotations)
    assert units != annotations
    assert list(w3c.decode(units)) == [document()]


def test_one_quote_that_fits_neither_unit_leaves_code_points_and_is_a_finding():
    annotations = in_utf16(list(w3c.encode([document()])))
    annotations[2]["target"]["selector"][0] = position(23, 26)  # one in code points
    with pytest.raises(DocumentError) as caught:
        list(w3c.decode(annotations))
    (fault,) = caught.value.faults
    assert (fault.article_id, fault.span_id) == ("inv-1", "inv-1/pass-1/q")
    assert "it quotes '“We shall see,”', but at [3, 18) the text has" in fault.message


def test_a_shifted_quote_is_a_finding_and_never_moved():
    found = [given_text(), note("PER", position(22, 25), quote("Ana"), id="#1"),
             note("PER", position(23, 26), quote("Ana"), id="#2"),
             note("PER", position(24, 27), quote("Ana"), id="#3")]  # fmt: skip
    with pytest.raises(DocumentError) as caught:
        list(w3c.decode(found))
    assert [f.message[:20] for f in caught.value.faults] == [
        "the annotation #1: i", "the annotation #3: i",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        (note("WEAPON", position(23, 26)), r"\['WEAPON'\].*actor:person"),
        (note("PER", position(23, 26), body=[]), r"its tags are \[\]"),
        (note("PER", quote("Ana")), "stands 2 times"),
        (note("PER", quote("Bob")), "stands 0 times"),
        (note("PER", {"type": "XPathSelector", "value": "/p"}), "its selectors: XPathSelector"),
        (note("PER", position(-1, 3)), "no position in a text"),
        (note("PER", position(0, 10**30)), "no position in a text"),
        (note("PER", position(True, 3)), "no position in a text"),
        (note("PER", position(0, 999)), "ends past the text"),
        (note("PER", position(5, 5)), "empty or swapped"),
        (note("actor:sorcerer", position(23, 26)), "Invalid enum value 'sorcerer'"),
        (note("PER", position(23, 26), id="urn:newspan:span:../x"), "regex"),
        (note("PER", quote(7)), "no text position or quote"),
        (note("PER", position(23, 26), quote("Ana", prefix=7)), "a quote is no text"),
        (note("PER", position(23, 26), quote(0)), "a quote is no text"),
        (note("PER", position(23, 26), quote("")), "it quotes ''"),
    ],
)
def test_what_cannot_be_a_span_is_named(annotation, said):
    with pytest.raises(DocumentError, match=rf"(?s)article flood-1.*{said}"):
        list(w3c.decode([given_text(), annotation]))


@pytest.mark.parametrize(
    ("annotations", "said"),
    [
        ([note("PER", quote("Ana"))], "article flood-1: the text of https.* is not in the file"),
        ([given_text(), given_text("other")], "given twice"),
        ([given_text(), given_text(address="urn:x:flood-1")], "name of another source"),
        ([{"type": "Annotation", "target": "https://a.example"}], "selects no part"),
        ([{"type": "Annotation"}], "selects no part"),
        ([{"type": "Annotation", "motivation": "linking", "target": ["#a", "#b"]}], "links #a"),
        ([7], "no object"),
    ],
)
def test_what_belongs_to_no_text_is_named(annotations, said):
    with pytest.raises(DocumentError, match=said):
        list(w3c.decode(annotations))


@pytest.mark.parametrize(
    ("key", "value"),
    [("start", 0), ("text", "x"), ("fragments", [[0, 1]]), ("sorcery", True), ("score", "high")],
)
def test_terms_that_are_no_attributes_are_refused(key, value):
    annotations = list(w3c.encode([document()]))
    annotations[2]["body"][1][f"newspan:{key}"] = value
    with pytest.raises(DocumentError, match="article inv-1, span inv-1/pass-1/a"):
        list(w3c.decode(annotations))


def test_metadata_that_are_none_are_reported():
    annotations = list(w3c.encode([document()]))
    annotations[0]["body"]["newspan:published"] = "yesterday"
    with pytest.raises(DocumentError, match=r"article inv-1: its metadata .*published"):
        list(w3c.decode(annotations))


@pytest.mark.parametrize("wrap", ["page", "list", "graph", "two pages"])
def test_pages_lists_and_graphs_are_read(wrap):
    items = list(w3c.encode([document()]))
    page = {"type": "AnnotationPage", "items": items}
    value = {
        "page": page,
        "list": items,
        "graph": {"@graph": [page]},
        "two pages": {
            "type": ["AnnotationCollection"],
            "first": page | {"items": items[:2], "next": page | {"items": items[2:]}},
        },
    }[wrap]
    assert list(w3c.decode(annotations_of(value))) == [document()]


@pytest.mark.parametrize(
    "value",
    [
        None, 7, {}, [7], [[]], {"type": "Note"}, {"type": "AnnotationCollection"},
        {"type": "AnnotationCollection", "first": "https://a.example/page1"},
        {"type": "AnnotationPage", "items": [], "next": "https://a.example/page2"},
    ],
)  # fmt: skip
def test_other_json_is_no_collection_and_nothing_is_fetched(tmp_path, value):
    path = tmp_path / "a.jsonld"
    path.write_text(json.dumps(value))
    with pytest.raises(NewspanError, match=r"a\.jsonld: holds no Web Annotations"):
        list(newspan.read(path))


def test_deep_nesting_is_an_error_of_ours(tmp_path):
    path = tmp_path / "a.jsonld"
    path.write_text('{"type":"Annotation","target":' + "[" * 100_000)
    with pytest.raises(NewspanError, match=r"a\.jsonld: is nested too deeply"):
        list(newspan.read(path))


def test_an_article_that_comes_twice_is_two_documents():
    other = msgspec.structs.replace(document(), relations=())
    assert list(w3c.decode(w3c.encode([document(), other]))) == [document(), other]


@settings(max_examples=20)
@given(corpora())
def test_every_quote_stands_between_its_prefix_and_suffix(documents):
    texts = {f"urn:newspan:article:{d.article.id}": d.article.text for d in documents}
    for annotation in w3c.encode(documents):
        targets = annotation["target"]
        for target in targets if isinstance(targets, list) else [targets]:
            selectors = target.get("selector", []) if isinstance(target, dict) else []
            if len(selectors) == 2:
                text, (at, words) = texts[target["source"]], selectors
                whole = words["prefix"] + words["exact"] + words["suffix"]
                start = at["start"] - len(words["prefix"])
                assert text[start : start + len(whole)] == whole
                assert text[at["start"] : at["end"]] == words["exact"]
