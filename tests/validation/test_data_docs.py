"""Data Docs: Great Expectations' pages of what we found, without the network, and safe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newspan.errors import NewspanError
from newspan.validation import Outcome, Report, write_data_docs
from newspan.validation.alterations import Alteration
from newspan.validation.outcome import MAX_ROWS
from newspan.validation.suites import load_suites
from validation.pages import Page

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \"'&amp; $5 $column ${x} {{y}}"


def outcomes() -> list[Outcome]:
    """Every check of the project: failed, passed and raising by turns."""
    made = []
    for at, check in enumerate(c for suite in load_suites() for c in suite.checks):
        row = {"id": f"{check.code}-{HOSTILE}", HOSTILE: HOSTILE, "\x1b[2J": "\u202e"}
        kinds = (Outcome(check, 30, 99, (row,) * MAX_ROWS), Outcome(check, 0, 99),
                 Outcome(check, 0, 0, error=HOSTILE))  # fmt: skip
        made.append(kinds[at % 3])
    return made


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("docs") / "new"
    found, skipped = outcomes(), load_suites()[0].checks[0]
    write_data_docs(
        Report(
            Path(HOSTILE),
            tuple(found),
            ((HOSTILE, HOSTILE),),
            skipped=((skipped, HOSTILE),),
            altered=(Alteration("vocabulary", "units", "", HOSTILE, Path("newspan.toml")),),
        ),
        folder,
    )
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_there_is_a_page_a_suite(pages: dict[str, str]) -> None:
    assert set(pages) == {"index.html", *(f"{suite.name}.html" for suite in load_suites())}
    links = [a["href"] for a in Page(pages["index.html"]).all("a")]
    assert links == [f"{suite.name}.html" for suite in load_suites()]


def test_nothing_is_fetched_or_run(pages: dict[str, str]) -> None:
    for text in pages.values():
        page = Page(text)
        assert page.requests == []
        assert not re.search(r"https?:|url\(|@import", text)
        (policy,) = [m["content"] for m in page.all("meta") if m.get("http-equiv")]
        assert policy == "default-src 'none'; style-src 'unsafe-inline'"
        for link in page.all("a"):
            target = str(link["href"])
            assert target in pages or target[1:] in page.ids


def test_every_check_is_there_with_its_meaning(pages: dict[str, str]) -> None:
    for o in outcomes():
        words = " ".join(w for _, w in Page(pages[f"{o.check.suite}.html"]).inside)
        assert f"{o.check.code} {o.check.level}: {o.check.meaning}" in words
        assert (o.check.remedy in words) >= bool(o.level)


def test_rows_are_shown_as_they_are(pages: dict[str, str]) -> None:
    for o in outcomes():
        words = " ".join(w for _, w in Page(pages[f"{o.check.suite}.html"]).inside)
        if o.failed:
            assert f"id={o.check.code}-{HOSTILE}" in words
            assert "30 unexpected values found." in words
        if o.error:
            assert f"\n{HOSTILE}" in words or HOSTILE in words


def test_the_index_says_what_was_left_out(pages: dict[str, str]) -> None:
    words = " ".join(w for _, w in Page(pages["index.html"]).inside)
    assert f"Skipped: {HOSTILE}" in words
    assert f"The suite {HOSTILE} was not run: {HOSTILE}." in words
    assert f"newspan.toml sets vocabulary units: also {HOSTILE}" in words
    assert "FAILED" in words


def test_no_control_or_direction_character_is_left(pages: dict[str, str]) -> None:
    for text in pages.values():
        assert not set(text) & set("\x1b\x00\r\u202e")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(NewspanError):
        write_data_docs(Report(Path("x"), (outcomes()[1],)), tmp_path / "file" / "docs")
