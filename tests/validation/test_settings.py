"""newspan.toml: what it may set, that it works, and that whatever is wrong in it is said."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from newspan.errors import DocumentError, NewspanError
from newspan.validation import Report, validate, write_data_docs
from newspan.validation.alterations import Alteration
from newspan.validation.settings import (
    NAME,
    default_settings,
    find_settings,
    read_settings,
    validation_folder,
)
from newspan.validation.suites import load_suites, suites_folder
from trees import REPOSITORY
from validation.small_corpus import Corpus

TEMPLATE = REPOSITORY / "src" / "newspan" / "_templates" / "corpus" / NAME


def settings_file(folder: Path, content: str) -> Path:
    path = folder / NAME
    path.write_text(content, encoding="utf-8")
    return path


def own_check(query: str = "select id from articles", **changes: Any) -> dict[str, Any]:
    return {
        "type": "expect_no_violating_rows", "severity": "warning",
        "notes": "An article is there at all.",
        "meta": {"code": "X01", "remedy": "Nothing need be done."},
        "kwargs": {"scope": "articles", "query": query}, **changes,
    }  # fmt: skip


def own_suite(folder: Path, *checks: dict[str, Any], name: str = "mine", file: str = "") -> Path:
    settings_file(folder, f'[suites]\nextra = ["{file or name + ".json"}"]\n')
    path = folder / (file or f"{name}.json")
    path.write_text(json.dumps({"name": name, "expectations": list(checks)}), encoding="utf-8")
    return path


def rows(report: Report, code: str) -> list[Any]:
    (outcome,) = (o for o in report.outcomes if o.check.code == code)
    assert outcome.error is None
    return list(outcome.rows)


# What may be set


def test_every_setting_is_explained_and_used() -> None:
    stated = tomllib.loads((validation_folder() / "defaults.toml").read_text(encoding="utf-8"))
    suites = "".join(p.read_text(encoding="utf-8") for p in suites_folder().glob("*.json"))
    for name, row in stated["thresholds"].items():
        assert row["least"] <= row["value"] <= row["most"] and len(row["meaning"]) > 10
        assert f"{{threshold:{name}}}" in suites
    for name, row in stated["vocabularies"].items():
        assert len(row["meaning"]) > 10
        assert re.search(rf"\{{(vocabulary|pattern):{name}\}}", suites)


def test_the_file_that_a_new_corpus_gets_shows_all_settings_and_they_are_sound(
    tmp_path: Path,
) -> None:
    shown = TEMPLATE.read_text(encoding="utf-8")
    uncommented = re.sub(r"(?m)^# (?=[a-zA-Z0-9_]+ = )", "", shown)
    settings = read_settings(settings_file(tmp_path, uncommented))
    defaults = default_settings()
    assert settings.thresholds == defaults.thresholds
    assert all(f"\n# {name} = " in shown for name in defaults.thresholds)
    assert all(settings.vocabularies[v] != defaults.vocabularies[v] for v in defaults.vocabularies)
    assert settings.skip and settings.levels
    suite = re.search(r"(?ms)^#   \{.*?^# extra", shown)
    assert suite is not None
    lines = [line.removeprefix("#") for line in suite[0].splitlines()[:-1]]
    (tmp_path / "mine.json").write_text("\n".join(lines), encoding="utf-8")
    assert [check.code for check in load_suites(settings=settings)[-1].checks] == ["X01"]
    found = read_settings(settings_file(tmp_path, shown))
    assert found._replace(path=None, text="") == defaults


def test_the_settings_of_the_readme_are_sound(tmp_path: Path) -> None:
    page = (validation_folder() / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"(?s)```toml\n(.*?)```", page)
    settings = read_settings(settings_file(tmp_path, block))
    assert settings.skip and settings.levels and settings.suites
    load_suites(settings=settings._replace(suites=()))


def test_thresholds_and_vocabularies_change_what_is_found(tmp_path: Path) -> None:
    corpus = Corpus()
    old, german, owned = (corpus.articles[n] for n in range(3))
    old["published"] = old["published"].replace(year=1985)
    german["language"] = "de-AT"
    owned["license"] = "© its owner"
    durations = [s for s in corpus.spans if (s["number"] or {}).get("kind") == "duration"]
    durations[0]["number"]["unit"] = "us"
    money = next(s for s in corpus.spans if (s["number"] or {}).get("kind") == "money")
    money["number"]["unit"] = "USDT"
    measure = next(s for s in corpus.spans if (s["number"] or {}).get("kind") == "measure")
    measure["number"]["unit"] = "furlong"
    corpus.write(tmp_path)
    tripped = {"A11", "A12", "A20", "S34", "S35", "S66"}
    assert tripped <= validate(tmp_path).codes
    settings_file(
        tmp_path,
        """
        [thresholds]
        earliest_year = 1980
        [vocabularies]
        languages = ["de"]
        licences = ["© its owner"]
        currencies = ["USDT"]
        units = ["furlong"]
        duration_units = ["us"]
        """,
    )
    report = validate(tmp_path)
    assert not tripped & report.codes
    (year,) = (o.check for o in report.outcomes if o.check.code == "A11")
    assert "before 1980 or after 2040" in year.meaning
    settings_file(tmp_path, '[vocabularies]\nlicences = [".*"]\n')
    assert "A20" in validate(tmp_path).codes  # a value is no pattern


def test_a_check_can_be_left_out_or_have_another_level(corpus: Path, sparing: None) -> None:
    for path in (corpus / "entities").iterdir():
        path.unlink()
    (corpus / "index.json").unlink()
    settings_file(corpus, '[checks]\nskip = { A12 = "many languages" }\n[levels]\nS17 = "info"\n')
    report = validate(corpus)
    assert ("A12", "many languages") in [(c.code, why) for c, why in report.skipped]
    levels = {o.check.code: o.check.level for o in report.outcomes}
    assert "A12" not in levels and levels["S17"] == "info"
    assert "skipped" in report.summary()


def test_what_is_set_otherwise_is_reported(corpus: Path, sparing: None) -> None:
    path = settings_file(
        corpus,
        """
        [thresholds]
        latest_year = 2100
        earliest_year = 1990
        near_duplicate = 1
        [vocabularies]
        languages = ["de", "en", "fr"]
        [levels]
        A11 = "info"
        S17 = "warning"
        """,
    ).resolve()
    report = validate(corpus, only=["A11", "S17"])
    assert report.altered == (
        Alteration("level", "A11", "critical", "info", path),
        Alteration("threshold", "latest_year", "2040", "2100", path),
        Alteration("threshold", "near_duplicate", "0.5", "1", path),
        Alteration("vocabulary", "languages", "", "de, fr", path),
    )
    (corpus / "spans" / "train.parquet").write_bytes(b"no longer a table")
    assert len(validate(corpus).altered) == 4
    path.unlink()
    assert validate(corpus).altered == ()


def test_a_skip_given_at_the_command_goes_before_the_file(corpus: Path, sparing: None) -> None:
    settings_file(corpus, '[checks]\nskip = { A12 = "many languages" }\n')
    report = validate(corpus, skip={"A12": "for today"})
    assert [(c.code, why) for c, why in report.skipped] == [("A12", "for today")]


# Where it is found


@pytest.mark.parametrize("place", [".", "corpus", "corpus/tables"])
def test_the_settings_of_a_checkout_are_found_from_its_folders(tmp_path: Path, place: str) -> None:
    (tmp_path / "corpus" / "tables").mkdir(parents=True)
    path = settings_file(tmp_path, "[thresholds]\nlatest_year = 2100\n")
    assert find_settings(tmp_path / place).path == path.resolve()


def test_settings_are_found_beside_a_file_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = settings_file(tmp_path, "[thresholds]\nlatest_year = 2100\n")
    assert find_settings(tmp_path / "export.json").path == path.resolve()
    (tmp_path / "exports").mkdir()
    monkeypatch.chdir(tmp_path)
    for place in (tmp_path / "exports", tmp_path / "exports" / "export.json"):
        assert find_settings(place) == default_settings()


# What is wrong in it


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("[thresholds]\n\nearliest_year = 1 2\n", 3, "is not TOML"),
        ("a = 1\n\na = 2\n", 3, "is not TOML: Cannot overwrite a value"),
        ("a = " + "[" * 2000, None, "is not TOML"),
        ("x = 1\n[thresholds]\n", 1, "no table 'x'"),
        ("[threshold]\n", 1, "no table 'threshold'. Did you mean thresholds?"),
        ("thresholds = 1\n", 1, "thresholds is no table"),
        ("[thresholds]\n\nearliest_yaer = 1\n", 3, "no 'earliest_yaer' in [thresholds]. Did you"),
        ("[thresholds]\nlatest_year = 2040.5\n", 2, "latest_year is 2040.5, no whole number"),
        ("[thresholds]\nlatest_year = true\n", 2, "latest_year is True, no whole number"),
        ('[thresholds]\nlatest_year = "2040"\n', 2, "latest_year is '2040', no whole number"),
        ("thresholds.latest_year = 0\n", 1, "latest_year is 0. It must be from 1 to 9999."),
        ("[thresholds]\nnear_duplicate = nan\n", 2, "near_duplicate is nan, no number"),
        ("[thresholds]\nnear_duplicate = 0.2\n", 2, "near_duplicate is 0.2. It must be from 0.5"),
        ("[vocabularies]\nactor_types = ['robot']\n", 2, "no 'actor_types' in [vocabularies]"),
        ("[vocabularies]\nlanguages = 'de'\n", 2, "languages is no list of words"),
        ("[vocabularies]\nlanguages = ['']\n", 2, "languages is no list of words"),
        ("[vocabularies]\nlanguages = ['d\u202ee']\n", 2, "languages is no list of words"),
        ("[checks]\nskip = ['A12']\n", 2, "skip does not give a reason for each code"),
        ("[checks.skip]\nA12 = ' '\n", 1, "skip does not give a reason for each code"),
        ("[checks]\nonly = ['A12']\n", 2, "no 'only' in [checks]"),
        ("[levels]\nA11 = 'info'\nA12 = 'fatal'\n", 3, "the level of A12 is 'fatal'"),
        ("[suites]\nextra = 'mine.json'\n", 2, "extra is no list of files below this folder"),
        ("[suites]\nextra = ['../mine.json']\n", 2, "extra is no list of files below"),
        ("[suites]\nextra = ['/etc/passwd']\n", 2, "extra is no list of files below"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, content: str, line: int | None, said: str
) -> None:
    path = settings_file(tmp_path, content)
    with pytest.raises(DocumentError, match=re.escape(said)) as error:
        read_settings(path)
    (fault,) = error.value.faults
    assert (fault.path, fault.line) == (path, line)


def test_all_faults_are_said_together(tmp_path: Path) -> None:
    path = settings_file(tmp_path, "[levels]\nA11 = 'bad'\n[thresholds]\nx = 1\n[y]\n")
    with pytest.raises(DocumentError) as error:
        read_settings(path)
    assert [fault.line for fault in error.value.faults] == [2, 4, 5]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("[levels]\nA11 = 'info'\nA99 = 'info'\n", 3, "no check 'A99'. Did you mean"),
        ("[checks]\nskip = { Z01 = 'no such check' }\n", 2, "no check 'Z01'"),
        ("[checks.skip]\n\nF01 = 'broken'\n", 3, "F01 cannot be left out or lowered"),
        ("[levels]\nF03 = 'info'\n", 2, "F03 cannot be left out or lowered"),
    ],
)
def test_codes_must_be_those_of_checks(tmp_path: Path, content: str, line: int, said: str) -> None:
    settings = read_settings(settings_file(tmp_path, content))
    with pytest.raises(DocumentError, match=re.escape(said)) as error:
        load_suites(settings=settings)
    assert error.value.faults[0].line == line


def test_a_file_named_at_the_command_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(NewspanError, match="cannot be read"):
        read_settings(tmp_path / "none.toml")


# Checks of one's own


def test_a_check_of_ones_own_is_run_beside_ours(corpus: Path) -> None:
    stock = own_check(
        type="expect_column_values_to_be_in_set",
        meta={"code": "X02", "remedy": "Use another publisher.", "view": "articles"},
        kwargs={"column": "publisher", "value_set": ["Nobody at all"]},
    )
    own_suite(corpus, own_check("select id from articles where n_spans > 0"), stock)
    report = validate(corpus)
    assert {"X01", "X02"} <= report.codes
    assert {row["id"] for row in rows(report, "X01")} == {a["id"] for a in Corpus().articles}
    assert report.exit_code() == 0
    assert report.exit_code(strict=True) == 1


def test_a_rule_may_find_more_rows_than_its_view_has(corpus: Path, tmp_path: Path) -> None:
    own_suite(corpus, own_check("select a.id, b.id as other from articles a cross join articles b"))
    report = validate(corpus, only=["X01"])
    (found,) = report.outcomes
    articles = len(Corpus().articles)
    assert (found.failed, found.of, found.error) == (articles**2, articles, None)
    write_data_docs(report, tmp_path / "docs")
    assert "25 unexpected" in (tmp_path / "docs" / "mine.html").read_text(encoding="utf-8")


def test_a_check_of_ones_own_is_read_as_strictly_as_ours(tmp_path: Path) -> None:
    def refused(said: str, *checks: dict[str, Any], **how: str) -> None:
        own_suite(tmp_path, *checks, **how)
        with pytest.raises(DocumentError, match=said):
            load_suites(settings=read_settings(tmp_path / NAME))

    meta = own_check()["meta"]
    refused(
        "code A01 is not of this suite. Begin it with X", own_check(meta={**meta, "code": "A01"})
    )
    refused("X01 is used twice", own_check(), own_check())
    refused("unknown field `level`", own_check(level="info"))
    refused("fatal", own_check(severity="fatal"))
    refused("no threshold 'none'", own_check("select {threshold:none}"))
    refused("spans.json is no name for a suite of one's own", own_check(), name="spans")
    refused("Mine.json is no name", own_check(), name="Mine")
    refused("the suite is named 'other'", own_check(), name="other", file="mine.json")
    (tmp_path / "mine.json").unlink()
    with pytest.raises(DocumentError, match="cannot be read"):
        load_suites(settings=read_settings(tmp_path / NAME))


def test_a_suite_of_ones_own_is_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    path = own_suite(tmp_path / "outside", own_check())
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "mine.json").symlink_to(path)
    settings = read_settings(settings_file(tmp_path / "corpus", "[suites]\nextra=['mine.json']\n"))
    with pytest.raises(DocumentError, match=r"mine\.json is no name for a suite"):
        load_suites(settings=settings)


@pytest.mark.parametrize(
    "query",
    [
        "select 1; delete from article_rows",
        "delete from articles",
        "with gone as (delete from articles returning *) select id from gone",
        "select id from articles) select 1; drop table articles; --",
        "select * from read_text('/etc/hostname')",
        "copy articles to 'stolen.csv'",
        "attach 'stolen.db'",
        "set threads = 1",
        "select * from read_csv('/etc/hostname', columns={'x': 'varchar'})",
        "select * from read_parquet('http://127.0.0.1:9/x.parquet')",
        "install httpfs",
        "select * from enable_logging(storage='stdout')",
        "select * from query('select * from enable_logging()')",
        "select * from enable_profiling(save_location='stolen.json')",
        "",
    ],
)
def test_a_check_of_ones_own_can_only_select(
    corpus: Path, query: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(corpus)
    last = own_check("select id from articles", meta={"code": "X02", "remedy": "Do nothing."})
    own_suite(corpus, own_check(query), last)
    before = sorted(corpus.iterdir())
    report = validate(corpus, only=["X01", "X02"])
    assert sorted(corpus.iterdir()) == before
    assert capfd.readouterr().out == ""  # where the report stands alone
    first = next(o for o in report.outcomes if o.check.code == "X01")
    assert first.error and report.exit_code() == 1
    assert len(rows(report, "X02")) == len(Corpus().articles)  # all are there still


@pytest.mark.parametrize(
    "kwargs",
    [
        {"column": 'id" from articles; drop table articles; --'},
        {"column": "id", "row_condition": "__import__('os').system('true')"},
        {"column": "id", "row_condition": {"type": "pass_through", "pass_through_filter": "1"}},
        {
            "column": "id",
            "row_condition": {
                "type": "comparison", "operator": "==", "parameter": 1,
                "column": {"name": "`id` == @pd.io.common.os.system('true') or id"},
            },
        },
    ],
)  # fmt: skip
def test_nothing_in_a_stock_check_is_run_as_code(corpus: Path, kwargs: dict[str, Any]) -> None:
    meta = {**own_check()["meta"], "view": "articles"}
    own_suite(corpus, own_check(type="expect_column_values_to_be_unique", meta=meta, kwargs=kwargs))
    with pytest.raises(DocumentError, match=r"X01: .*(is no column|is no comparison)"):
        validate(corpus)
