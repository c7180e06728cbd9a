"""Every attribute of every layer is answered in its form, and stored as our values."""

from __future__ import annotations

from typing import Any

import pytest

from browser.desk import Desk, bare, relations, seen
from browser.editor import Editor, Place
from newspan.schema.fields import Field, attributes
from newspan.schema.labelling import YES, controls, label_config
from newspan.schema.model import LAYERS, RELATIONS

pytestmark = pytest.mark.slow

KEY = {layer: str(number) for number, layer in enumerate(LAYERS, start=1)}
WORDS = "Harbour master"
TEXT = f"{WORDS} Varn counted the boats."
TYPED = {
    "title": "Harbour “Æ” & master", "entity": "tessa-varn", "value": "2/3", "low": "12.50",
    "high": "12345678901234567890", "magnitude": "100", "unit": "m3", "per": "d",
    "figure": "saltmere-dead",
}  # fmt: skip
"""What is typed into the fields: no float, no number of JavaScript's survives as this."""

FORMS = [layer for layer in LAYERS if attributes(layer)]


def answer(field: Field) -> Any:
    """What is chosen or typed: of values, the last of two words, which is shown otherwise."""
    if field.base is bool:
        return True
    if field.values:
        return next((v for v in reversed(field.values) if "_" in v), field.values[-1])
    return TYPED[field.name]


def fill(editor: Editor, layer: str) -> dict[str, Any]:
    """Answer everything in the form that is open."""
    given = {field.name: answer(field) for field in attributes(layer)}
    for number, (name, value) in enumerate(given.items()):
        control = f"{layer}_{name}"
        if controls()[control].tag == "choices":
            editor.pick(control, YES if value is True else value.replace("_", " "))
        else:
            editor.type(control, value, enter=number % 2 == 0)
    return given


def try_values(editor: Editor, layer: str) -> None:
    """The form shows plain words; what it keeps is the value of the model."""
    for field in attributes(layer):
        control = f"{layer}_{field.name}"
        for value in field.values:
            editor.pick(control, value.replace("_", " "))
            assert editor.chosen(control) == [value]
        if field.values:
            editor.pick(control, field.values[-1].replace("_", " "))
            assert editor.chosen(control) == [], "taken back by a second click"


@pytest.mark.parametrize("layer", FORMS)
def test_every_attribute_is_set_in_its_form(editor: Editor, desk: Desk, layer: str) -> None:
    (task,) = desk.put([bare(f"form-{layer}", TEXT)])
    editor.open(desk.project.id, task, TEXT)
    place = editor.mark(KEY[layer], WORDS)
    editor.choose(place)
    try_values(editor, layer)
    given = fill(editor, layer)
    editor.leave()
    editor.submit()
    (span,) = desk.document().spans
    changed = {f.name: given[f.name] for f in attributes(layer) if given[f.name] != f.default}
    assert seen(span) == (layer, [place], changed)

    if layer == "number":  # the longest form stands for all
        show_again(editor, desk, task, place, given)
        assert seen(desk.document().spans[0]) == (layer, [place], changed)


def show_again(editor: Editor, desk: Desk, task: int, place: Place, given: dict[str, Any]) -> None:
    """What is stored is shown, and stays as it is when something else is changed."""
    editor.open(desk.project.id, task, TEXT, regions=1)
    editor.choose(place)
    for name, value in given.items():
        control = f"number_{name}"
        if controls()[control].tag == "choices":
            assert editor.picked(control) == [YES if value is True else value.replace("_", " ")]
        else:
            assert value in editor.field(control).inner_text()
    editor.leave()
    editor.mark(KEY["cue"], "counted")
    editor.submit()


def test_keys_answer_for_their_own_layer_only(editor: Editor, desk: Desk) -> None:
    (task,) = desk.put([bare("keys", TEXT)])
    editor.open(desk.project.id, task, TEXT)
    words = {"actor": "Varn", "location": WORDS, "quote": TEXT, "number": "boats"}
    places = {layer: editor.mark(KEY[layer], marked) for layer, marked in words.items()}
    for layer, keys in {"actor": "w", "location": "d0", "quote": "9o", "number": "c"}.items():
        editor.choose(places[layer])
        editor.press(keys)
        editor.leave()
    editor.choose(places["actor"])
    editor.press("az7k0")  # those of the other layers
    editor.leave()
    editor.submit()
    assert {layer: given for layer, _, given in map(seen, desk.document().spans)} == {
        "actor": {"type": "state"},
        "location": {"kind": "city", "dateline": True},
        "quote": {"form": "mixed", "speaker": "collective"},
        "number": {"kind": "money"},
    }
    actor = [r["from_name"] for r in desk.results(task) if r["value"]["text"] == "Varn"]
    assert actor == ["span", "actor_type"]


def test_only_the_form_of_the_chosen_region_is_shown(editor: Editor, desk: Desk) -> None:
    (task,) = desk.put([bare("shown", TEXT)])
    editor.open(desk.project.id, task, TEXT)
    editor.page.set_viewport_size({"width": 1280, "height": 720})
    forms = editor.page.locator(".ns-form:visible")
    assert forms.count() == 0
    words = dict(zip(LAYERS, ["Varn", WORDS, "Harbour", TEXT, "counted", "boats"], strict=True))
    for layer, marked in words.items():
        editor.choose(editor.mark(KEY[layer], marked))
        assert forms.count() == 1
        form, text = forms.bounding_box(), editor.page.locator(".ns-text").bounding_box()
        assert form and text
        assert form["x"] >= text["x"] + text["width"], "beside the text, on a small screen too"
        assert form["y"] < 360
        fields = forms.locator("[id^=ns-]:visible")
        assert sorted(str(f.get_attribute("id")) for f in fields.all()) == sorted(
            f"ns-{name}" for name, control in controls().items() if control.layer == layer
        )
        editor.leave()
        assert forms.count() == 0
    editor.page.locator(".ant-collapse-header").get_by_text("Relations").click()
    help_lines = editor.page.locator(".ant-collapse-content-active")
    help_lines.get_by_text("the quote is said by the actor").wait_for(state="visible")


RELATED: dict[str, tuple[str, str]] = {
    "said_by": ("quote", "actor"), "via": ("quote", "medium"), "cue_of": ("cue", "quote"),
    "counts": ("number", "counted"), "part_of": ("part", "number"),
    "located_in": ("number", "location"), "according_to": ("part", "actor"),
}  # fmt: skip


def test_every_relation_is_drawn_and_labelled(editor: Editor, desk: Desk) -> None:
    assert RELATED.keys() == RELATIONS.keys()
    text = "Varn told Radio Ummel “we wait”. Of nine boats, two sank off Velk."
    (task,) = desk.put([bare("relations", text)])
    editor.open(desk.project.id, task, text)
    drawn = {
        "actor": ("actor", "Varn", {"actor_type": "person"}),
        "cue": ("cue", "told", {}),
        "medium": ("actor", "Radio Ummel", {"actor_type": "medium"}),
        "quote": ("quote", "“we wait”", {"quote_form": "direct", "quote_speaker": "named"}),
        "number": ("number", "nine", {"number_kind": "count"}),
        "counted": ("counted", "boats", {}),
        "part": ("number", "two", {"number_kind": "count"}),
        "location": ("location", "Velk", {"location_kind": "city"}),
    }
    places: dict[str, Place] = {}
    for name, (layer, words, answers) in drawn.items():
        places[name] = editor.mark(KEY[layer], words)
        if answers:
            editor.choose(places[name])
            for control, value in answers.items():
                editor.pick(control, value)
            editor.leave()
    for kind, (head, tail) in RELATED.items():
        editor.relate(places[head], places[tail], [kind])
    editor.note(places["location"], "the town or the lake?")
    editor.submit()
    document = desk.document()
    assert relations(document) == {
        (kind, drawn[head][1], drawn[tail][1]) for kind, (head, tail) in RELATED.items()
    }
    assert {s.note for s in document.spans if s.text == "Velk"} == {"the town or the lake?"}


def test_the_server_takes_the_configuration(desk: Desk) -> None:
    project = desk.studio.get(f"/api/projects/{desk.project.id}/")
    assert project["label_config"] == label_config().strip()
