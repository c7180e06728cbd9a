"""What is sent to Label Studio breaks neither its server nor its editor."""

import json
import re
import warnings

import msgspec
import pytest
from hypothesis import given

from newspan.errors import DocumentError
from newspan.formats.label_studio import decode, encode
from newspan.schema.labelling import CONTINUES, controls, label_config, label_of
from newspan.schema.model import LAYERS, RELATIONS
from strategies import articles, documents


@pytest.fixture(scope="module")
def interface():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what its dependencies warn of on import
        from label_studio_sdk.label_interface import LabelInterface
    return LabelInterface(label_config())


@pytest.fixture(scope="module")
def valid(interface):
    """Whether results fit the labelling configuration."""

    def judge(results):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return interface.validate_prediction(
                {"model_version": "m", "score": 0.5, "result": results}, return_errors=True
            )

    return judge


def versions_of(task):
    return task["annotations"] + task["predictions"]


def encoded(document):
    """(task, its one version) through JSON, as the server gets them."""
    (task,) = json.loads(msgspec.json.encode(list(encode([document]))))
    (version,) = versions_of(task)
    return task, version


def test_the_configuration_is_valid(interface):
    interface.validate()


def test_tasks_fit_the_configuration(valid):
    @given(documents())
    def holds(document):
        _, version = encoded(document)
        assert valid(version["result"]) == []

    holds()


@given(documents())
def test_a_task_has_the_keys_it_is_found_by(document):
    task, _ = encoded(document)
    article = document.article
    assert task["data"]["article_id"] == article.id
    assert task["data"]["text_sha256"] == article.text_sha256
    assert task["data"].get("text") == article.text
    assert "text" not in task["data"]["article"]


@given(documents())
def test_regions_lie_in_the_text_and_have_its_words(document):
    _, version = encoded(document)
    text = document.article.text
    for result in version["result"]:
        if result["type"] != "relation":
            value = result["value"]
            assert 0 <= value["start"] < value["end"] <= document.article.n_chars
            assert result["to_name"] == "text"
            if result["type"] != "textarea":
                words = None if text is None else text[value["start"] : value["end"]]
                assert value.get("text") == words


@given(documents())
def test_a_region_has_one_label_and_its_own_attributes_once(document):
    _, version = encoded(document)
    labels, answered = {}, set()
    for result in version["result"]:
        if result["type"] == "labels":
            assert result["id"] not in labels
            assert re.fullmatch("[A-Za-z0-9_-]+", result["id"])
            (labels[result["id"]],) = result["value"]["labels"]
    for result in version["result"]:
        if result["type"] in ("choices", "textarea"):
            control = controls()[result["from_name"]]
            assert control.tag == result["type"]
            assert labels[result["id"]] == label_of(control.layer)
            assert (result["id"], control.name) not in answered
            answered.add((result["id"], control.name))


@given(documents())
def test_numbers_are_text_and_no_answer_is_empty(document):
    _, version = encoded(document)
    for result in version["result"]:
        assert result["type"] in ("labels", "choices", "textarea", "relation")
        if result["type"] == "textarea":
            (answer,) = result["value"]["text"]
            assert isinstance(answer, str)
            assert answer.strip() == answer != ""


@given(documents())
def test_there_is_one_relation_for_a_pair_and_it_has_labels_and_ends(document):
    _, version = encoded(document)
    regions = {r["id"] for r in version["result"] if r["type"] == "labels"}
    arcs = [r for r in version["result"] if r["type"] == "relation"]
    pairs = [(arc["from_id"], arc["to_id"]) for arc in arcs]
    assert len(set(pairs)) == len(pairs)
    for arc in arcs:
        assert {arc["from_id"], arc["to_id"]} <= regions
        assert arc["direction"] == "right"
        assert arc["labels"]
        assert arc["labels"] == sorted(set(arc["labels"]))
        assert set(arc["labels"]) <= {*RELATIONS, CONTINUES}


@given(documents())
def test_an_annotation_is_not_taken_for_ground_truth(document):
    task, _ = encoded(document)
    for annotation in task["annotations"]:
        assert annotation["ground_truth"] is False
        assert annotation["was_cancelled"] is False
    for prediction in task["predictions"]:
        assert prediction["score"] is None or 0 <= prediction["score"] <= 1
        assert prediction["model_version"]


@given(documents(standoff=True))
def test_without_metadata_a_task_is_read_with_its_corpus(document):
    tasks = list(encode([document], metadata=False))
    assert "article" not in tasks[0]["data"]
    corpus = {document.article.id: document.article}
    assert list(decode(tasks, corpus)) == [document]


@given(documents(standoff=False), documents(standoff=False))
def test_passes_of_one_article_are_one_task(first, second):
    from newspan.schema.invariants import document_faults

    other = msgspec.structs.replace(second, article=first.article)
    if list(document_faults(other)):
        return
    passes = [first, other]
    if first.spans and other.spans and first.spans[0].id[:-1] == other.spans[0].id[:-1]:
        return
    tasks = list(encode(passes))
    assert len(tasks) == 1
    assert len(versions_of(tasks[0])) == 2


def test_one_article_with_two_texts_is_refused():
    @given(articles(id="a"), articles(id="a"))
    def holds(first, second):
        from newspan.schema.model import Document

        if first != second:
            with pytest.raises(DocumentError, match="differ in the article"):
                list(encode([Document(article=first), Document(article=second)]))

    holds()


def test_passes_that_are_not_adjacent_are_refused():
    @given(articles(id="a"), articles(id="b"))
    def holds(first, second):
        from newspan.schema.model import Document

        found = [Document(article=article) for article in (first, second, first)]
        with pytest.raises(DocumentError, match="not adjacent"):
            list(encode(found))

    holds()


@pytest.mark.parametrize("note", ["a\0b", "a\ud800b"])
def test_what_label_studio_cannot_store_is_refused(note):
    @given(documents().filter(lambda d: d.spans))
    def holds(document):
        spans = tuple(msgspec.structs.replace(s, note=note) for s in document.spans)
        with pytest.raises(DocumentError, match="NUL or a lone surrogate"):
            list(encode([msgspec.structs.replace(document, spans=spans)]))

    holds()


def test_a_backslash_before_u0000_is_no_nul():
    @given(documents().filter(lambda d: d.spans))
    def holds(document):
        spans = tuple(msgspec.structs.replace(s, note="\\u0000 \\\\") for s in document.spans)
        found = msgspec.structs.replace(document, spans=spans)
        assert list(decode(encode([found]))) == [found]

    holds()


def test_fragment_ids_that_collide_are_refused():
    @given(documents(layers=["quote"]).filter(lambda d: any(len(s.fragments) > 1 for s in d.spans)))
    def holds(document):
        broken = next(s for s in document.spans if len(s.fragments) > 1)
        rest = [s for s in document.spans if s is not broken]
        if not rest:
            return
        spans = (broken, msgspec.structs.replace(rest[0], id=f"{broken.id}--2"))
        with pytest.raises(DocumentError, match="collide"):
            list(encode([msgspec.structs.replace(document, spans=spans, relations=())]))

    holds()


def test_spans_of_two_passes_are_refused():
    @given(documents().filter(lambda d: len(d.spans) > 1))
    def holds(document):
        first, *rest = document.spans
        article, _, region = first.id.split("/")
        moved = msgspec.structs.replace(first, id=f"{article}/elsewhere/{region}")
        found = msgspec.structs.replace(document, spans=(moved, *rest), relations=())
        with pytest.raises(DocumentError, match="several passes"):
            list(encode([found]))

    holds()


def test_every_layer_has_a_label():
    assert [label_of(layer) for layer in LAYERS] == [
        "Actor", "Location", "Number", "Quote", "Cue", "Counted",
    ]  # fmt: skip
