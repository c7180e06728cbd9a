"""How the labelling screen looks: colours, keys, groups of attributes, help at hand.

What is to be read and chosen by eye stands here; which layers, attributes, values and
relations there are stands in the model. What the model has and this module does not name
is shown all the same: without a key of its own, in the last group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["COLOURS", "GROUPS", "HELP", "KEYS", "STYLE", "Group"]

COLOURS = ("#0072B2", "#009E73", "#D55E00", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito's palette, which people with any common colour blindness tell apart."""

KEYS = {
    "actor_type": "qwertyi",
    "location_kind": "asdfghj",
    "location_dateline": "0",
    "number_kind": "zxcvbnm",
    "quote_form": "789",
    "quote_speaker": "klop",
}
"""Control to the keys of its values, in order: a row of the keyboard for each layer.

All are different, and none is `u`, which the editor has for itself. Every key is given
away: the editor would hand those that are left to whatever choices come next.
"""


class Group(NamedTuple):
    """Attributes of a layer that are shown together under a heading."""

    title: str
    attributes: Sequence[str]


GROUPS: dict[str, tuple[Group, ...]] = {
    "number": (
        Group("How much", ("kind", "value", "low", "high", "modifier", "magnitude", "unit", "per")),
        Group("Of what", ("counted_class", "property", "elliptical")),
        Group("Which figure", ("figure", "scope", "factuality")),
    )
}
"""Layer to the groups of its attributes; a layer that is not here has no groups."""

HELP: dict[str, tuple[tuple[str, str], ...]] = {
    "Order of work": (
        ("1", "Quotes and cues"),
        ("2", "Actors and locations"),
        ("3", "Numbers, then the nouns they count"),
        ("4", "Relations, then entity keys"),
        ("?", "Unsure: leave a note on the region, never guess. See GUIDELINES.md."),
    ),
    "Edges": (
        ("whole", "Whole words, no space at either end; “’s” stays outside a name."),
        ("quote", "With its quotation marks, if it has any."),
        ("number", "With its modifier and unit: “at least 30 km”. “per day” stays outside."),
        ("actor", "Without title, article and apposition."),
        ("cut", "A quote in pieces: one region each, “continues” from each to the next."),
    ),
    "Keys and mouse": (
        ("1 to 6", "Pick a label, then drag over the words."),
        ("click", "On a region: its form opens above."),
        ("Enter", "Keeps what you typed in a field. Click it to change it."),
        ("Alt R", "Begins a relation from the chosen region; click the other one."),
        ("Alt M", "A note on the region."),
        ("Esc, U", "Leave the region."),
        ("Backspace", "Delete the region. Ctrl Z brings it back."),
        ("Ctrl Enter", "Submit or update."),
    ),
}
"""Guideline text at hand: title of a panel to its lines (term, meaning)."""

# No `>` and no `&`: Label Studio escapes them in a style. Nothing has a fixed text colour
# or background, so that the dark theme stays legible.
STYLE = """
.ns-labels { position: sticky; top: 0; z-index: 5; padding: 2px 0 6px;
  background: var(--color-neutral-background, inherit); }
.ns-columns { display: flex; flex-wrap: wrap; gap: 20px; align-items: flex-start; }
.ns-text { flex: 3 1 300px; max-width: 48rem; padding-left: 34px; }
.ns-text [class*="richtext__container"] { font-size: 17px; line-height: 2.1; }
.ns-side { flex: 2 1 240px; max-width: 32rem; position: sticky; top: 48px;
  max-height: calc(100vh - 230px); overflow-y: auto; }
.ns-form { border-left: 4px solid; padding-left: 12px; margin-bottom: 14px; }
.ns-group { margin-top: 8px; padding-top: 4px; border-top: 1px solid rgba(128,128,128,.35); }
.ns-row { display: flex; gap: 10px; align-items: baseline; }
.ns-line { display: flex; gap: 8px; align-items: center; padding: 2px 8px 2px 0; }
.ns-line [class*="text-area"] { flex: 1; margin: 0; }
.ns-line .ant-form-item, .ns-line [data-testid="textarea-regions"] { margin: 0 !important; }
.ns-form [class*="choices_layout_inline"] { display: flex; flex-wrap: wrap; gap: 0 14px;
  margin: 0; }
.ns-form [class*="choice__item"], .ns-form .ant-checkbox-wrapper { margin: 0; padding: 0;
  line-height: 26px; }
.ns-form .ant-checkbox-wrapper { font-weight: 400; font-size: 14px; }
[class*="relationItem"] g rect { fill: #5b5b5b; stroke: none; height: 15px; y: -8px; opacity: .85; }
[class*="relationItem"] text { font-size: 11px !important; }
"""
