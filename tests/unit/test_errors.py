"""Errors carry the objects they speak of and say what to do."""

import pickle
from pathlib import Path

import pytest

from newspan.errors import DocumentError, Fault, MissingExtra, NewspanError, TextError, printable

PLACES = {
    "nothing": ({}, "wrong. Mend it."),
    "path": ({"path": Path("a.json")}, "a.json: wrong. Mend it."),
    "path and line": ({"path": Path("a"), "line": 3}, "a:3: wrong. Mend it."),
    "line": ({"line": 3}, "line 3: wrong. Mend it."),
    "article": ({"article_id": "a"}, "article a: wrong. Mend it."),
    "span": ({"article_id": "a", "span_id": "a/p/x"}, "article a, span a/p/x: wrong. Mend it."),
}


@pytest.mark.parametrize("case", PLACES)
def test_a_fault_says_where_what_and_the_remedy(case):
    fields, message = PLACES[case]
    assert str(Fault("wrong.", "Mend it.", **fields)) == message


def test_a_fault_without_a_remedy_ends_with_the_message():
    assert str(Fault("wrong.")) == "wrong."


def test_an_error_lists_all_its_faults_in_order():
    error = DocumentError(Fault("one."), "two.")
    assert [f.message for f in error.faults] == ["one.", "two."]
    assert str(error) == "one.\ntwo."


@pytest.mark.parametrize(
    ("kind", "base"),
    [(TextError, ValueError), (DocumentError, ValueError), (MissingExtra, ImportError)],
)
def test_each_error_is_ours_and_one_of_python(kind, base):
    assert issubclass(kind, NewspanError)
    assert issubclass(kind, base)


def test_an_error_crosses_to_another_process():
    error = DocumentError(Fault("one.", "Mend.", Path("a"), "b", "c", 4), Fault("two."))
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is DocumentError
    assert again.faults == error.faults
    assert str(again) == str(error)


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("plain é 🔥 中", "plain é 🔥 中"),
        ("two\nlines", "two\nlines"),
        ("no\u00a0break", "no\u00a0break"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("\u202eleft", "\\u202eleft"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_a_terminal_would_act_on_is_shown_as_an_escape(message, shown):
    assert printable(message) == shown
    assert str(Fault(message)) == shown
    shown.encode("utf-8")
