"""UIMA CAS as XMI and as JSON: what other tools read of ours, and we of theirs."""

import json
import re
from io import BytesIO

import cassis
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newspan
from newspan.errors import DocumentError, NewspanError
from newspan.formats.bare import bare_article, bare_span
from newspan.formats.cas import json as cas_json
from newspan.formats.cas import xmi as cas_xmi
from newspan.formats.cas.types import LAYER_TYPES, RELATION_TYPES, type_system
from newspan.formats.cas.values import held_text, restored_text
from newspan.schema.model import LAYERS, RELATIONS, Document, Relation, relation_id

TEXT = "👩‍👩‍👧 “We 🔥 shall see,” said Ana, “and wait.”"
FORMATS = pytest.mark.parametrize("adapter", [cas_xmi, cas_json], ids=["xmi", "json"])


def document(text=TEXT, note="a\tb\r\nc 🔥"):
    """A report with an emoji before everything, a quote in fragments, a cue and a speaker."""
    article = bare_article("inv-1", text)
    first, second = text.index("“We"), text.index("“and")
    quote = bare_span(
        "quote", "inv-1/pass-1/q",
        [(first, text.index(" said")), (second, len(text))], text,
        {"form": "direct", "speaker": "named", "note": note, "score": 0.1},
    )  # fmt: skip
    ana = text.index("Ana")
    actor = bare_span("actor", "inv-1/pass-1/a", [(ana, ana + 3)], text, {"type": "person"})
    arc = Relation(id=relation_id(quote.id, "said_by", actor.id), type="said_by",
                   head=quote.id, tail=actor.id)  # fmt: skip
    return Document(article=article, spans=(quote, actor), relations=(arc,))


def opened(adapter, documents):
    """The CASes as dkpro-cassis alone reads what we wrote."""
    members = dict(adapter.encode(documents))
    if adapter is cas_json:
        return [cassis.load_cas_from_json(data.decode()) for data in members.values()]
    types = cassis.load_typesystem(BytesIO(members.pop("TypeSystem.xml")))
    return [cassis.load_cas_from_xmi(BytesIO(data), types) for data in members.values()]


@FORMATS
def test_dkpro_cassis_finds_our_annotations_and_their_words(adapter):
    (cas,) = opened(adapter, [document()])
    found = {name: cas.select(name) for name in (*LAYER_TYPES.values(), "newspan.Fragment")}
    assert {k: [a.get_covered_text() for a in v] for k, v in found.items() if v} == {
        "newspan.Quote": ["“We 🔥 shall see,”"],
        "newspan.Fragment": ["“and wait.”"],
        "newspan.Actor": ["Ana"],
    }
    (arc,) = cas.select("newspan.SaidBy")
    assert (arc.Governor, arc.Dependent) == (found["newspan.Quote"][0], found["newspan.Actor"][0])
    assert arc.get_covered_text() == "Ana"
    assert found["newspan.Actor"][0].actor_type == "person"
    metadata = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")
    assert [(m.documentId, m.get_covered_text(), m.language) for m in metadata] == [
        ("inv-1", TEXT, "en")
    ]


def test_offsets_in_the_file_are_utf_16():
    xmi = dict(cas_xmi.encode([document()]))["inv-1.xmi"].decode()
    begin, end = map(int, re.search(r'Actor [^>]*begin="(\d+)" end="(\d+)"', xmi).groups())
    assert TEXT.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le") == "Ana"
    assert begin == TEXT.index("Ana") + 4  # four characters before it take two units


def test_inception_takes_every_type_for_a_layer():
    """The conditions of INCEpTION's TypeSystemAnalysis, and of its feature editors."""
    types = type_system()
    layers = {*LAYER_TYPES.values(), "newspan.Fragment", "newspan.Article"}
    assert layers | set(RELATION_TYPES.values()) <= {t.name for t in types.get_types()}
    for name in layers | set(RELATION_TYPES.values()):
        kind = types.get_type(name)
        assert kind.supertype.name == "uima.tcas.Annotation"
        own = {f.name: f.rangeType.name for f in kind.features}
        assert own and not {n.lower() for n in own} & {"type", "begin", "end", "sofa", "view"}
        if name in layers:
            assert set(own.values()) <= {f"uima.cas.{r}" for r in ("String", "Boolean", "Integer")}
        else:
            assert own.keys() == {"Governor", "Dependent"}
            assert len(set(own.values())) == 1
    assert types.get_type("newspan.PartOf").get_feature("Governor").rangeType.name == (
        "newspan.Number"
    )


def test_types_are_derived_from_the_model():
    assert LAYER_TYPES.keys() == LAYERS.keys()
    assert RELATION_TYPES.keys() == RELATIONS.keys()
    assert RELATION_TYPES["according_to"] == "newspan.AccordingTo"


@FORMATS
@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1b", "\ufffe", "\uffff"])
def test_characters_that_xml_lacks_come_back(adapter, char):
    given = document(TEXT.replace("shall", f"sh{char}ll"), note=f"{char} \ufffd json:")
    assert list(adapter.decode(adapter.encode([given]))) == [given]
    (cas,) = opened(adapter, [given])
    assert cas.select("newspan.Quote")[0].get_covered_text() == "“We 🔥 sh\ufffdll see,”"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_held_texts_are_restored(text):
    shown, unheld = held_text(text)
    assert len(shown.encode("utf-16-le")) == len(text.encode("utf-16-le"))
    assert restored_text(shown, unheld) == text


@settings(max_examples=20)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_notes_of_all_characters_come_back(note):
    given_ = document(note=note)
    for adapter in (cas_xmi, cas_json):
        assert list(adapter.decode(adapter.encode([given_]))) == [given_]


def test_an_article_that_comes_twice_is_two_files():
    twice = [document(), document(note="other")]
    names = [name for name, _ in cas_xmi.encode(twice)]
    assert names == ["TypeSystem.xml", "inv-1.xmi", "inv-1.2.xmi"]
    assert list(cas_xmi.decode(cas_xmi.encode(twice))) == twice


def test_metadata_survive_where_only_layers_do():
    """INCEpTION gives back annotations; the article's metadata are one."""
    article = msgspec.structs.replace(document().article, license="CC-BY-4.0", byline=("Ana",))
    given_ = msgspec.structs.replace(document(), article=article)
    (cas,) = opened(cas_xmi, [given_])
    (described,) = cas.select("newspan.Article")
    assert (described.begin, described.end) == (0, 0)
    assert (described.license, described.byline) == ("CC-BY-4.0", '["Ana"]')


THEIRS = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmi:version="2.0"
 xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"
 xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"
 xmlns:meta="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore"
 xmlns:coref="http:///de/tudarmstadt/ukp/dkpro/core/api/coref/type.ecore">
 <cas:NULL xmi:id="0"/>
 <meta:DocumentMetaData xmi:id="2" sofa="1" begin="0" end="23" documentTitle="Report 1.txt"/>
 <seg:Sentence xmi:id="3" sofa="1" begin="0" end="23"/>
 <seg:Token xmi:id="4" sofa="1" begin="3" end="6"/>
 {more}
 <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text"
  sofaString="🔥 Ana Duval is in Porto"/>
 <cas:View sofa="1" members="2 3 4{members}"/>
</xmi:XMI>
"""
NER = '<ner:NamedEntity xmi:id="{}" sofa="1" begin="{}" end="{}" value="{}"/>'


def theirs(*entities, more=""):
    numbers = [str(n) for n in range(11, 11 + len(entities))]
    marks = [NER.format(n, *e) for n, e in zip(numbers, entities, strict=True)]
    listed = "".join(f" {n}" for n in numbers)
    return THEIRS.format(more="\n".join(marks) + more, members=listed + (" 99" if more else ""))


def read(xmi, name="Report 1.txt.xmi"):
    return list(cas_xmi.decode([(name, xmi.encode())]))


def test_named_entities_of_inception_are_spans():
    (found,) = read(theirs((3, 12, "PER"), (19, 24, "LOC")))
    assert found.article.id == "report-1"
    assert [(s.id, s.text, type(s).__name__) for s in found.spans] == [
        ("report-1/imported/actor-1", "Ana Duval", "Actor"),
        ("report-1/imported/location-1", "Porto", "Location"),
    ]
    assert found.spans[0].type == "person"


@pytest.mark.parametrize(("label", "said"), [("MISC", "'MISC'"), ("", "'NamedEntity'")])
def test_an_unknown_label_is_named_with_its_place(label, said):
    with pytest.raises(DocumentError) as caught:
        read(theirs((3, 12, label), (19, 24, "WEAPON")))
    first, second = caught.value.faults
    assert said in first.message and "[2, 11)" in first.message
    assert "'WEAPON'" in second.message
    assert {f.article_id for f in caught.value.faults} == {"report-1"}


def test_an_annotation_of_no_layer_of_ours_is_named():
    coref = '<coref:CoreferenceLink xmi:id="99" sofa="1" begin="3" end="6"/>'
    with pytest.raises(DocumentError, match="CoreferenceLink at code points"):
        read(theirs((3, 12, "PER"), more=coref))


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ((1, 12), "inside a character"),
        ((3, 25), "outside the text"),
        ((3, 10**12), "no place in a text"),
        (("-1", 2), "no place in a text"),
        (("3 ", 12), "no place in a text"),
    ],
)
def test_an_offset_that_is_none_is_never_shifted(place, wrong):
    with pytest.raises(DocumentError) as caught:
        read(theirs((*place, "PER"), (19, 24, "LOC"), (1, 24, "ORG")))
    first, second = caught.value.faults
    assert wrong in first.message and "NamedEntity 11" in first.message
    assert "NamedEntity 13" in second.message
    assert first.article_id == "report-1" and "UTF-16" in first.remedy


def test_the_same_in_json_names_the_span():
    data = json.loads(dict(cas_json.encode([document()]))["inv-1.json"])
    quote = next(s for s in data["%FEATURE_STRUCTURES"] if s["%TYPE"] == "newspan.Quote")
    quote["begin"] = 1
    with pytest.raises(DocumentError) as caught:
        list(cas_json.decode([("inv-1.json", json.dumps(data).encode())]))
    (fault,) = caught.value.faults
    assert fault.span_id == "inv-1/pass-1/q" and "inside a character" in fault.message


def test_two_files_with_one_name_are_refused():
    xmi = theirs((3, 12, "PER")).encode()
    with pytest.raises(DocumentError, match="article a-b: two documents"):
        list(cas_xmi.decode([("a b.xmi", xmi), ("A-B.xmi", xmi)]))


def test_a_new_span_gets_an_id_that_is_free():
    """As after a second round: ids made here once, and a span added in INCEpTION."""
    given_ = next(iter(read(theirs((3, 12, "PER")))))
    members = dict(cas_xmi.encode([given_]))
    xmi = members["report-1.xmi"].decode()
    added = re.sub(r'xmi:id="\d+"', 'xmi:id="900"', re.search("<newspan:Actor[^>]*/>", xmi)[0])
    added = re.sub(r'\bid="[^"]*" ', "", added.replace('xmi:id="900"', "@")).replace(
        "@", 'xmi:id="900"'
    )
    added = re.sub(r'begin="\d+" end="\d+"', 'begin="19" end="24"', added)
    xmi = xmi.replace("<cas:Sofa", added + "<cas:Sofa").replace('members="', 'members="900 ')
    (found,) = cas_xmi.decode([*list(members.items())[:1], ("report-1.xmi", xmi.encode())])
    assert [s.id.rpartition("/")[2] for s in found.spans] == ["actor-1", "actor-2"]


def test_a_fragment_of_no_span_and_a_relation_to_nothing_are_reported_together():
    data = json.loads(dict(cas_json.encode([document()]))["inv-1.json"])
    for structure in data["%FEATURE_STRUCTURES"]:
        if structure["%TYPE"] == "newspan.Fragment":
            structure["continues"] = "inv-1/pass-1/gone"
        if structure["%TYPE"] == "newspan.SaidBy":
            structure["@Governor"] = structure["@Dependent"] = 1
    with pytest.raises(DocumentError) as caught:
        list(cas_json.decode([("inv-1.json", json.dumps(data).encode())]))
    assert [f.message.split(" ")[0] for f in caught.value.faults] == ["a", "newspan.SaidBy"]


def test_a_text_changed_under_its_annotations_is_found():
    xmi = dict(cas_xmi.encode([document()]))["inv-1.xmi"].decode()
    with pytest.raises(DocumentError, match="SHA-256"):
        list(cas_xmi.decode([("inv-1.xmi", xmi.replace("shall", "SHALL").encode())]))


LAUGHS = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize("start", [LAUGHS, OUTSIDE, '<!DOCTYPE x SYSTEM "http://a.example/x">'])
@pytest.mark.parametrize("name", ["a.xmi", "TypeSystem.xml"])
def test_entities_and_document_types_are_refused(start, name):
    body = theirs((3, 12, "PER")).partition("?>")[2].replace("Ana", "&a;")
    with pytest.raises(DocumentError, match="document type or entities"):
        list(cas_xmi.decode([(name, (start + body).encode())]))


@pytest.mark.parametrize(
    "xmi",
    [
        "<a>" * 100_000,
        "<a>" * 50_000 + "</a>" * 50_000,
        '<?xml version="1.1"?><a/>',
        '<?xml version="1.0" encoding="no-such"?><a/>',
        "",
        "\x00",
        theirs((3, 12, "PER")).replace('members="2', 'members="777 2'),
        theirs((3, 12, "PER")).replace('xmi:id="11"', ""),
        theirs((3, 12, "PER")).replace("value=", "no_such_feature="),
        theirs((3, 12, "PER")).replace("sofaString", "sofaURI"),
        theirs((3, 12, "PER")).replace("sofaNum=", "sofaNam="),
    ],
)
def test_hostile_xmi_is_an_error_of_ours(xmi):
    with pytest.raises(NewspanError, match="article a:"):
        read(xmi, "a.xmi")


EVIL = [
    "x=__import__('builtins').print('INJECTED'), y",
    "x):\n    print('INJECTED')\ndef f(self",
    "__class__",
    "a b",
    "",
]


@pytest.mark.parametrize("name", EVIL)
def test_names_that_are_none_never_reach_generated_code(name, capsys):
    """dkpro-cassis makes classes from the names of features, by source code."""
    data = json.loads(dict(cas_json.encode([document()]))["inv-1.json"])
    data["%TYPES"]["newspan.Actor"][name] = {"%NAME": name, "%RANGE": "uima.cas.String"}
    with pytest.raises(DocumentError, match="no proper name"):
        list(cas_json.decode([("a.json", json.dumps(data).encode())]))
    kind = "<typeDescription><name>a.B</name><supertypeName>uima.tcas.Annotation</supertypeName>"
    feature = f"<features><featureDescription><name>{name}</name></featureDescription></features>"
    xml = f"<typeSystemDescription><types>{kind}{feature}</typeDescription></types>"
    with pytest.raises(DocumentError, match="no proper name"):
        list(cas_xmi.decode([("T.xml", f"{xml}</typeSystemDescription>".encode())]))
    assert "INJECTED" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b"[]",
        b"{}",
        b'{"%TYPES": 1}',
        b'{"%TYPES": {}, "%FEATURE_STRUCTURES": [1], "%VIEWS": {}}',
        b'{"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "a.B"}], "%VIEWS": {}}',
        b'{"%TYPES": {}, "%FEATURE_STRUCTURES": [], "%VIEWS": {"_InitialView": 3}}',
        b'{"%TYPES": {"a.B": {"%SUPER_TYPE": "a.C"}, "a.C": {"%SUPER_TYPE": "a.B"}},'
        b' "%FEATURE_STRUCTURES": [], "%VIEWS": {}}',
        b"\xff",
    ],
)
def test_hostile_json_is_an_error_of_ours(data):
    with pytest.raises(NewspanError, match="article a:"):
        list(cas_json.decode([("a.json", data)]))


@pytest.mark.parametrize(
    ("kind", "feature", "value"),
    [
        ("newspan.Quote", "score", "nan"),
        ("newspan.Quote", "score", "9" * 5000),
        ("newspan.Quote", "score", "2"),
        ("newspan.Quote", "form", "shouted"),
        ("newspan.Quote", "note", "json:{"),
        ("newspan.Quote", "note", "json:" + "[" * 100_000),
        ("newspan.Quote", "id", "../../etc"),
        ("newspan.Article", "byline", "[" * 100_000),
        ("newspan.Article", "published", "yesterday"),
        ("newspan.Article", "unheld", "3:FFFE"),
        ("newspan.Article", "unheld", "99999999:FFFE"),
        ("newspan.Article", "id", "../x"),
    ],
)
@FORMATS
def test_values_that_are_none_are_reported_with_their_article(adapter, kind, feature, value):
    members = dict(adapter.encode([document()]))
    name = next(n for n in members if n.startswith("inv-1"))
    if adapter is cas_json:
        data = json.loads(members[name])
        for structure in data["%FEATURE_STRUCTURES"]:
            if structure["%TYPE"] == kind:
                structure[feature] = value
        members[name] = json.dumps(data).encode()
    else:
        tag = kind.replace(".", ":")
        text = re.sub(rf'(<{tag} [^>]*?)\s\b(?<!:){feature}="[^"]*"', r"\1", members[name].decode())
        members[name] = text.replace(f"<{tag} ", f"<{tag} {feature}='{value}' ").encode()
    with pytest.raises(DocumentError, match="article inv-1"):
        list(adapter.decode(members.items()))


def test_a_file_is_named_in_its_faults(tmp_path):
    (tmp_path / "Report.xmi").write_text(theirs((1, 12, "PER")), encoding="utf-8")
    with pytest.raises(DocumentError, match=r"Report\.xmi, article report: NamedEntity 11"):
        list(newspan.read(tmp_path / "Report.xmi"))
    found = newspan.read(tmp_path, "cas-xmi")
    with pytest.raises(DocumentError, match="article report"):
        list(found)


def test_without_dkpro_cassis_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "cassis", None)
    for adapter in (cas_xmi, cas_json):
        with pytest.raises(NewspanError, match=r"newspan\[formats\]"):
            list(adapter.decode([]))
        with pytest.raises(NewspanError, match=r"newspan\[formats\]"):
            list(adapter.encode([document()]))
