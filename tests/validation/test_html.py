"""The HTML page: whole in itself, safe with any words, and readable in every way of reading."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from pathlib import Path

import pytest

from newspan.validation import RENDERERS, Outcome, Report
from newspan.validation.excerpt import excerpt
from newspan.validation.places import Place
from newspan.validation.report import html
from newspan.validation.suites import Check, Level
from validation.pages import Page

HOSTILE = "</mark></bdi><script>alert(1)</script><img src=x onerror=alert(2)>\"'&lt;`${1}{{x}}"
TEXT = f"Nine men {HOSTILE} were hurt.\nשלום to all."
CSS = Path(html.__file__).with_name("page.css").read_text(encoding="utf-8")


def check(code: str, level: Level = "critical") -> Check:
    return Check(code, level, f"What {code} catches.", "Run `newspan build`.", "spans", "spans",
                 "sql", {})  # fmt: skip


def place(words: str, role: str = "id") -> Place:
    start = TEXT.index(words)
    fragments = ((start, start + len(words)),)
    return Place(role, "span", f"a/{HOSTILE}", "train", "a", "quote", fragments,
                 excerpt(TEXT, fragments))  # fmt: skip


FOUND = Report(
    Path(f"corpus/{HOSTILE[:9]}"),
    (
        Outcome(check("S01"), 0, 1737),
        Outcome(
            check("S02"), 9, 1737,
            ({"id": f"a/{HOSTILE}", "value": HOSTILE}, {"id": "x", "other": "y"}, {"n": 1}),
            places=((place("Nine"),), (place(HOSTILE), place("שלום", "other")), ()),
        ),
        Outcome(check("S03", "warning"), 1, 1737, ({"id": "b"},), new=0),
        Outcome(check("S04", "info"), 0, 0, error=HOSTILE),
    ),
    ((HOSTILE, HOSTILE),),
    {"spans": 1737},
    skipped=((check("S05"), HOSTILE),),
    left_out=3,
    baseline=Path(HOSTILE[:20]),
)  # fmt: skip


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(RENDERERS["html"](FOUND))


def test_it_is_well_formed(page: Page) -> None:
    assert page.misnested == []
    assert len(page.ids) == len(set(page.ids))


def test_it_fetches_and_runs_nothing(page: Page) -> None:
    assert page.requests == []
    assert "http:" not in CSS
    assert "https:" not in CSS
    assert "url(" not in CSS
    assert "@import" not in CSS
    (policy,) = [m["content"] for m in page.all("meta") if m.get("http-equiv")]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_words_of_others_make_no_element(page: Page) -> None:
    names = {"!doctype", "html", "head", "meta", "title", "style", "body", "a", "header", "h1",
             "h2", "h3", "p", "code", "bdi", "ul", "li", "b", "span", "main", "section", "fieldset",
             "legend", "label", "input", "div", "table", "caption", "thead", "tbody", "tr", "th",
             "td", "ol", "dl", "dt", "dd", "blockquote", "mark", "footer"}  # fmt: skip
    assert {tag for tag, _ in page.elements} <= names
    assert HOSTILE in page.texts("mark")
    assert any(HOSTILE in words for path, words in page.inside if path.endswith("dd/bdi"))


def test_words_of_others_are_isolated(page: Page) -> None:
    for path, words in page.inside:
        if "alert" in words:
            assert "/bdi" in path or "title" in path


def test_the_span_is_marked(page: Page) -> None:
    assert page.texts("mark") == ["Nine", HOSTILE, "שלום"]


def test_every_code_is_an_anchor_and_every_link_leads_somewhere(page: Page) -> None:
    for code in ("S01", "S02", "S03", "S04", "S05"):
        assert page.ids.count(code) == 1
    targets = [str(a["href"]) for a in page.all("a")]
    assert all(t.startswith("#") and t[1:] in page.ids for t in targets)
    labels = [str(a["aria-labelledby"]) for _, a in page.elements if "aria-labelledby" in a]
    assert set(labels) <= set(page.ids)


def test_it_has_landmarks_headings_and_headers(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]
    for landmark in ("header", "main", "footer", "h1", "caption", "title"):
        assert tags.count(landmark) == 1
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert {th.get("scope") for th in page.all("th")} == {"row", "col"}
    assert page.all("html") == [{"lang": "en"}]
    # What scrolls sideways can be reached and scrolled with the keyboard.
    (wide,) = [a for a in page.all("div") if a.get("class") == "wide"]
    assert (wide["tabindex"], wide["role"]) == ("0", "region")


def test_each_level_can_be_picked_without_a_script(page: Page) -> None:
    inputs = page.all("input")
    assert [i["id"] for i in inputs] == [f"show-{n}" for n in html._FILTERS]
    assert [i["id"] for i in inputs if "checked" in i] == ["show-findings"]
    for name in html._FILTERS[1:]:
        assert f"#show-{name}:checked" in CSS
    rows = {a["data-level"] for a in page.all("tr") if "data-level" in a}
    assert rows == {"clean", "critical", "warning", "error", "skipped"}


def test_it_says_what_is_known_skipped_and_not_run() -> None:
    text = RENDERERS["html"](FOUND)
    assert "0 of 1,737, 0 new" not in text
    assert "1 of 1,737, 0 new rows, all known" in text
    assert "1 of 10 rows are known" in text
    assert "3 checks were not asked for" in text
    assert text.count("alert(1)") >= 6
    assert "<code>newspan build</code>" in text
    assert "and 6 more" in text


def test_a_clean_page_says_so() -> None:
    page = Page(RENDERERS["html"](Report(Path("x"), (Outcome(check("S01"), 0, 9),))))
    assert "Checks passed" in page.texts("h1")
    assert "None." in page.texts("p")
    assert [i["id"] for i in page.all("input") if "checked" in i] == ["show-all"]


def test_strict_is_told(page: Page) -> None:
    warned = replace(FOUND, outcomes=(Outcome(check("S03", "warning"), 1, 9),))
    assert "<h1>Checks passed</h1>" in RENDERERS["html"](warned)
    assert "<h1>Checks failed</h1>" in RENDERERS["html"](warned, strict=True)


def themes() -> list[dict[str, str]]:
    """The colours of the light and the dark theme, by name."""
    found = [dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block))
             for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)]  # fmt: skip
    return [theme for theme in found if len(theme) > 5]


@pytest.mark.parametrize("theme", themes(), ids=["light", "dark"])
def test_words_stand_out_from_their_ground(theme: dict[str, str]) -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(first: str, second: str) -> float:
        low, high = sorted((luminance(theme[first]), luminance(theme[second])))
        return (high + 0.05) / (low + 0.05)

    for words in ("words", "quiet", "link", "critical", "warning", "info", "clean"):
        assert contrast(words, "ground") >= 4.5
    assert contrast("words", "panel") >= 4.5
    assert contrast("marked", "mark") >= 4.5
