"""The JSON Schemas accept what we write and refuse what the model refuses."""

import json

import jsonschema
import jsonschema_rs
import msgspec
import pytest
from hypothesis import given

from newspan.schema.fields import attributes, fields_of
from newspan.schema.json_schema import json_schemas
from newspan.schema.model import LAYERS, AnySpan, Article, Entity, Relation
from strategies import documents

SCHEMAS = json_schemas()
PYTHON = {name: jsonschema.Draft202012Validator(s) for name, s in SCHEMAS.items()}
RUST = {name: jsonschema_rs.Draft202012Validator(s) for name, s in SCHEMAS.items()}


def accepted(name, value):
    """Whether both validators take a value; they must agree."""
    verdicts = {PYTHON[name].is_valid(value), RUST[name].is_valid(value)}
    assert len(verdicts) == 1
    return verdicts.pop()


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_and_says_which_it_is(name):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    jsonschema_rs.meta.validate(SCHEMAS[name])
    assert SCHEMAS[name]["$id"].endswith(f":{name}")
    assert json.loads(json.dumps(SCHEMAS[name])) == SCHEMAS[name]


@pytest.mark.parametrize(
    ("name", "record"), [("article", Article), ("relation", Relation), ("entity", Entity)]
)
def test_a_schema_has_the_fields_of_the_model(name, record):
    schema = SCHEMAS[name]
    assert set(schema["properties"]) == {f.name for f in fields_of(record)}
    assert set(schema["required"]) == {f.name for f in fields_of(record) if f.required}
    assert schema["additionalProperties"] is False


@given(documents())
def test_documents_are_accepted(found):
    record = json.loads(msgspec.json.encode(found))
    assert accepted("document", record)
    assert accepted("article", record["article"])
    assert all(accepted("span", span) for span in record["spans"])
    assert all(accepted("relation", relation) for relation in record["relations"])


def good(layer):
    own = {
        "actor": {"type": "person"}, "location": {"kind": "city"}, "number": {"kind": "count"},
        "quote": {"form": "direct", "speaker": "named"},
    }.get(layer, {})  # fmt: skip
    return {
        "layer": layer, "id": "a/adjudicated/x1", "fragments": [[0, 3]], "start": 0, "end": 3,
        "text": "Ana", "annotator": "ana", "annotator_kind": "human", "status": "pass", **own,
    }  # fmt: skip


@pytest.mark.parametrize("layer", LAYERS)
def test_an_attribute_stands_on_its_own_layer_only(layer):
    assert accepted("span", good(layer))
    own = {f.name for f in attributes(layer)}
    for other in LAYERS:
        for field in attributes(other):
            value = field.values[0] if field.values else True if field.base is bool else "1"
            if field.name not in own:
                assert not accepted("span", {**good(layer), field.name: value})


@pytest.mark.parametrize("layer", LAYERS)
def test_a_required_field_may_not_be_missing(layer):
    for name in [f.name for f in fields_of(LAYERS[layer]) if f.required] + ["layer"]:
        assert not accepted("span", {k: v for k, v in good(layer).items() if k != name})


BROKEN = {
    "unknown field": {"colour": "red"},
    "unknown layer": {"layer": "person"},
    "unknown label": {"type": "robot"},
    "float offset": {"start": 0.5},
    "text offset": {"start": "0"},
    "negative offset": {"start": -1},
    "offset beyond 32 bits": {"end": 2**31},
    "float fragment": {"fragments": [[0.5, 3]]},
    "fragment of one": {"fragments": [[0]]},
    "fragment of three": {"fragments": [[0, 1, 2]]},
    "fragment as a record": {"fragments": [{"start": 0, "end": 3}]},
    "no fragments": {"fragments": []},
    "number for text": {"text": 5},
    "text for a list": {"fragments": "0-3"},
    "list for text": {"annotator": ["ana"]},
    "null where there must be something": {"annotator": None},
    "score above one": {"score": 1.5},
    "score as text": {"score": "0.5"},
    "another id": {"id": "x1"},
    "entity that is no key": {"entity": "Ana Duval"},
    "empty title": {"title": ""},
    "title with white space at its edge": {"title": "Gov. "},
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_span_is_refused(case):
    assert not accepted("span", {**good("actor"), **BROKEN[case]})


@pytest.mark.parametrize("case", BROKEN)
def test_the_model_refuses_what_the_schema_refuses(case):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert([{**good("actor"), **BROKEN[case]}], list[AnySpan])


@pytest.mark.parametrize("value", ["1,000", "1e3", "", "½", "1/0", "1.", ".5", "+1", "NaN"])
def test_a_number_that_is_not_exact_is_refused(value):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert([{**good("number"), "value": value}], list[AnySpan])
    assert not accepted("span", {**good("number"), "value": value})


@pytest.mark.parametrize("value", ["0", "-12", "2.50", "2/3", "-1/8", "9007199254740993"])
def test_an_exact_number_is_accepted(value):
    assert accepted("span", {**good("number"), "value": value})
    msgspec.convert([{**good("number"), "value": value}], list[AnySpan])


def test_patterns_are_of_the_kind_that_every_validator_reads():
    found = json.dumps(SCHEMAS)
    assert "(?" not in found
    assert "\\\\Z" not in found
