"""The data model and what is read off it."""

import datetime
from typing import get_args

import msgspec
import pytest
from hypothesis import given

from newspan.schema import model
from newspan.schema.fields import attributes, fields_of
from newspan.schema.model import (
    LAYERS,
    RELATIONS,
    Article,
    Document,
    Entity,
    Fragment,
    Relation,
    Span,
    layer_of,
    region_of,
    relation_id,
)
from strategies import documents

RECORDS = [Article, Span, *LAYERS.values(), Relation, Entity, Fragment, model.Carrier]


def test_names_of_layers_and_relations_agree():
    assert tuple(LAYERS) == get_args(model.Layer)
    assert tuple(RELATIONS) == get_args(model.RelationType)
    for rule in RELATIONS.values():
        assert rule.heads | rule.tails <= set(LAYERS)
        assert rule.meaning


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_records_are_frozen_and_refuse_unknown_fields(record):
    config = record.__struct_config__
    assert config.frozen
    assert config.forbid_unknown_fields


@pytest.mark.parametrize(
    "record", [r for r in RECORDS if r is not Fragment], ids=lambda r: r.__name__
)
def test_every_field_says_what_it_is(record):
    for field in fields_of(record):
        assert field.description, field.name


@pytest.mark.parametrize("layer", LAYERS)
def test_attributes_are_what_a_layer_has_of_its_own(layer):
    common = {f.name for f in fields_of(Span)}
    own = {f.name for f in attributes(layer)}
    assert not own & common
    assert own | common == set(LAYERS[layer].__struct_fields__)


def test_a_field_is_read_with_its_type_values_and_default():
    kinds = {f.name: f for f in attributes("number")}
    assert kinds["kind"].required
    assert kinds["kind"].values == get_args(model.NumberKind)
    assert not kinds["kind"].nullable
    assert (kinds["value"].base, kinds["value"].nullable, kinds["value"].values) == (str, True, ())
    assert kinds["modifier"].default == "exact"
    assert kinds["elliptical"].base is bool
    common = {f.name: f for f in fields_of(Article)}
    assert (common["byline"].base, common["byline"].item) == (tuple, str)
    assert common["published"].base is datetime.datetime
    assert common["carrier"].base is model.Carrier


@given(documents())
def test_json_gives_back_the_document(found):
    assert msgspec.json.decode(msgspec.json.encode(found), type=Document) == found
    assert msgspec.convert(msgspec.to_builtins(found), Document) == found


@given(documents())
def test_a_span_knows_its_layer_from_its_class(found):
    for span in found.spans:
        assert msgspec.to_builtins(span)["layer"] == layer_of(span)
        assert LAYERS[layer_of(span)] is type(span)


def test_ids_are_put_together_and_taken_apart():
    assert region_of("a/p/x-1") == "x-1"
    assert relation_id("a/p/q1", "said_by", "a/p/a1") == "a/p/q1.said_by.a1"


@pytest.mark.parametrize("key", ["", "A", "a_b", "a--b", "-a", "a-", "é", "a b", "a" * 81])
def test_a_key_is_lower_case_words_with_hyphens(key):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(key, model.Key)


@pytest.mark.parametrize("key", ["a", "ana-duval", "2020-1", "a" * 80])
def test_a_good_key_is_accepted(key):
    assert msgspec.convert(key, model.Key) == key


@pytest.mark.parametrize("value", [1.0, "1", True, -1, 2**31, None])
def test_an_offset_is_a_whole_number_of_32_bits(value):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(value, model.Offset)


@pytest.mark.parametrize("time", ["2024-05-01T06:30:00", "2024-05-01", "yesterday", 5])
def test_a_time_without_its_zone_is_refused(time):
    field = Article.__annotations__["published"]
    kind = model.Annotated[datetime.datetime, msgspec.Meta(tz=True)]
    assert "tz=True" in str(field)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(time, kind)
