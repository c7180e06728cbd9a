"""The suites are read strictly, and their rules are SQL that other engines read too."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlglot

from newspan.errors import DocumentError, NewspanError
from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS
from newspan.validation import checks_markdown, validate, views
from newspan.validation.engine import _outcome
from newspan.validation.gate import inspect
from newspan.validation.held import expected_rows, refuse_lost_rows
from newspan.validation.suites import NAMES, SQL_RULE, load_suites, suites_folder

CHECKS = [check for suite in load_suites() for check in suite.checks]
RULES = [check for check in CHECKS if check.type == SQL_RULE]


def test_there_are_enough_checks_and_a_third_are_stock() -> None:
    assert len(CHECKS) >= 40
    assert 3 * len(RULES) <= 2 * len(CHECKS)
    assert {c.suite for c in CHECKS} == set(NAMES)


def test_every_check_says_what_it_catches_in_one_sentence_and_what_to_do() -> None:
    for check in CHECKS:
        assert re.fullmatch(r"[A-Z]\w* [^\n]*\.|n_chars [^\n]*\.", check.meaning), check.code
        assert re.fullmatch(r"[A-Za-z][^\n]*\.", check.remedy), check.code
    assert len({c.meaning for c in CHECKS}) == len(CHECKS)


def test_the_list_of_checks_holds_every_check() -> None:
    page = checks_markdown()
    for check in CHECKS:
        assert f"| {check.code} | {check.level} | " in page
    assert page.count("\n| ") == len(CHECKS) + len(NAMES)


@pytest.mark.parametrize("check", RULES, ids=lambda c: c.code)
def test_a_rule_is_one_select_that_spark_reads_too(check: Any) -> None:
    (found,) = sqlglot.parse(check.kwargs["query"], read="duckdb")
    assert isinstance(found, sqlglot.exp.Query)
    (spark,) = sqlglot.transpile(check.kwargs["query"], read="duckdb", write="spark")
    assert sqlglot.parse_one(spark, read="spark") is not None


def test_no_rule_repeats_a_label_list_that_the_model_has() -> None:
    """A label is added in one place, the model; the needs of modifiers are a rule of their own."""
    files = [json.loads(p.read_text(encoding="utf-8")) for p in suites_folder().glob("*.json")]
    raw = [repr(e["kwargs"]) for file in files for e in file["expectations"]]
    fields = [f for layer in LAYERS for f in attributes(layer) if f.name != "modifier"]
    for field in fields:
        if field.values:
            assert not any(all(f"'{v}'" in rule for v in field.values) for rule in raw), field.name


def test_every_modifier_has_a_rule() -> None:
    modifiers = next(f.values for f in attributes("number") if f.name == "modifier")
    needs = next(c.kwargs["query"] for c in CHECKS if c.code == "S30")
    assert set(modifiers) == set(re.findall(r"'(\w+)'", needs))


def change(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def edit(suite: dict[str, Any]) -> None:
        found = suite["expectations"][0]
        *parents, last = key.split(".")
        for parent in parents:
            found = found[parent]
        if value is None:
            del found[last]
        else:
            found[last] = value

    return edit


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (change("meta.code", None), "code"),
        (change("meta.remedy", None), "remedy"),
        (change("severity", None), "severity"),
        (change("severity", "fatal"), "fatal"),
        (change("notes", None), "notes"),
        (change("notes", "Short"), "notes"),
        (change("id", "1"), "id"),
        (change("meta.code", "E02"), "E02 is used twice"),
        (change("meta.code", "S99"), "not of this suite"),
        (change("meta.view", None), "names no view"),
        (change("kwargs.column", "{values:actor.colour}"), "no enumeration"),
        (change("kwargs.column", "{values:nothing.colour}"), "no enumeration"),
        (change("kwargs.column", "{threshold:latest_yaer}"), "no threshold 'latest_yaer'"),
        (change("kwargs.column", "{vocabulary:tongues}"), "no vocabulary 'tongues'"),
        (change("kwargs.column", "{treshold:latest_year}"), "no treshold 'latest_year'"),
        (change("kwargs.column", "id, name"), "no column"),
        (change("kwargs.row_condition", "kind == 'actor'"), "row_condition is no comparison"),
        (lambda suite: suite.update(name="spans"), "named 'spans'"),
        (lambda suite: suite["expectations"].clear(), "expectations"),
    ],
)
def test_the_loader_is_strict(tmp_path: Path, edit: Callable[[Any], None], said: str) -> None:
    folder = changed(tmp_path, edit)
    with pytest.raises(DocumentError, match=said):
        load_suites(folder)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ('"expectations": [', '"expectations": [], '),
        ('"kwargs": {', '"kwargs": {"column": "name", '),
    ],
)
def test_no_expectation_is_lost_behind_a_key_given_twice(
    tmp_path: Path, place: str, said: str
) -> None:
    folder = changed(tmp_path, lambda suite: None)
    path = folder / "entities.json"
    text = path.read_text(encoding="utf-8")
    assert place in text
    more = said + place if place.endswith("[") else said
    path.write_text(text.replace(place, more, 1), encoding="utf-8")
    with pytest.raises(DocumentError, match="twice in one object"):
        load_suites(folder)


def test_as_many_checks_are_loaded_as_the_files_hold() -> None:
    held = [json.loads(p.read_text(encoding="utf-8")) for p in suites_folder().glob("*.json")]
    assert len(CHECKS) == sum(len(file["expectations"]) for file in held)


def test_a_missing_suite_is_an_error(tmp_path: Path) -> None:
    shutil.copytree(suites_folder(), tmp_path, dirs_exist_ok=True)
    (tmp_path / "spans.json").unlink()
    with pytest.raises(DocumentError, match=r"spans\.json"):
        load_suites(tmp_path)


def test_all_faults_of_the_suites_are_reported_together(tmp_path: Path) -> None:
    changed(tmp_path, change("meta.remedy", None))
    (tmp_path / "spans.json").write_text("{", encoding="utf-8")
    with pytest.raises(DocumentError) as error:
        load_suites(tmp_path)
    assert len(error.value.faults) == 2


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        # Great Expectations leaves these two out and would be green.
        (
            change("type", "expect_column_values_to_be_uniq"),
            "cannot read expect_column_values",
        ),
        (change("kwargs.colum", "id"), "E01"),
        (change("meta.view", "entitys"), "which is no view"),
        (
            change("kwargs.column", "colour"),
            "E01 names the column 'colour', which entities has not",
        ),
    ],
)
def test_no_check_is_left_out_silently(
    tmp_path: Path, clean: Path, edit: Callable[[Any], None], said: str
) -> None:
    folder = changed(tmp_path, edit)
    with pytest.raises(DocumentError, match=said):
        validate(clean, suites=folder)


def test_a_check_without_a_result_is_an_error() -> None:
    assert _outcome(CHECKS[0], None).level == "error"


def test_every_check_is_run_or_said_to_be_skipped(clean: Path, sparing: None) -> None:
    report = validate(clean, skip={"A12": "for this test"})
    told = [o.check.code for o in report.outcomes] + [c.code for c, _ in report.skipped]
    assert sorted(told) == sorted(c.code for c in CHECKS)


def test_a_view_that_lost_rows_is_an_error(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(views.SQL_VIEWS, "articles", f"{views.SQL_VIEWS['articles']} where false")
        with pytest.raises(NewspanError, match="the view articles has 0 rows, its table 5"):
            validate(clean)
    layer_frame = views.layer_frame
    with monkeypatch.context() as patch:
        patch.setattr(views, "layer_frame", lambda *given: layer_frame(*given)[1:])
        with pytest.raises(NewspanError, match=r"the view actors has \d+ rows") as error:
            validate(clean)
        assert {"numbers", "quotes"} <= {str(f).split()[2] for f in error.value.faults}


def test_the_rows_of_every_such_view_are_counted(clean: Path) -> None:
    gate = inspect(clean)
    expected = expected_rows(gate.tables)
    made = views.build_views(gate)
    refuse_lost_rows(expected, made.rows)
    for name, count in expected.items():
        assert count > 0, name
        with pytest.raises(NewspanError, match=f"the view {name} "):
            refuse_lost_rows(expected, {**made.rows, name: 0})


def changed(folder: Path, edit: Callable[[Any], None]) -> Path:
    """The project's suites with a change in the suite of entities."""
    shutil.copytree(suites_folder(), folder, dirs_exist_ok=True)
    path = folder / "entities.json"
    suite = json.loads(path.read_text(encoding="utf-8"))
    edit(suite)
    path.write_text(json.dumps(suite), encoding="utf-8")
    return folder
