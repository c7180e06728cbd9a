"""The page in a browser, used as a reader does: with mouse, with keys, on a phone, in the dark."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import newspan
from browse.hostile import HARM, TEXT, hostile
from browse.reader import opened
from newspan.browse import page as page_module
from newspan.browse.page import write_page
from newspan.browse.shelf import Finding, Shelf, fill
from newspan.schema.model import Actor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def corpus_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "corpus.html"
    write_page(fill(None, [], Path("nowhere")), file, "newspan")
    return file


ARTICLES = newspan.load().articles.select(["id", "origin", "split"]).to_pylist()
"""What the page of the corpus holds, which grows."""


def count(**wanted: tuple[str, ...]) -> int:
    """The articles that have one of the values in every column."""
    return sum(all(a[name] in values for name, values in wanted.items()) for a in ARTICLES)


def chosen(page: Page) -> str:
    return "".join(page.locator(".piece.chosen").all_inner_texts())


def test_search_narrows_the_list_and_opens_an_article(chromium: Browser, corpus_page: Path) -> None:
    with opened(chromium, corpus_page) as page:
        expect(page.locator("#hits")).to_have_text(f"{count()} articles")
        expect(page.locator(".filters details[data-group='layer']")).to_be_visible()
        page.fill("#search", "cranes granaria")
        expect(page.locator(".results li")).to_have_count(1)
        expect(page.locator(".snippet mark")).to_have_text("cranes")
        page.click(".results a")
        expect(page.locator("h1")).to_contain_text("Shells and drones")
        page.go_back()
        expect(page.locator("#search")).to_have_value("cranes granaria")


def test_filters_join_within_a_group_and_narrow_across(
    chromium: Browser, corpus_page: Path
) -> None:
    with opened(chromium, corpus_page) as page:
        page.locator(".filters details[data-group='origin'] summary").click()
        page.get_by_label(f"retold {count(origin=('retold',))}").check()
        hits = page.locator("#hits")
        expect(hits).to_have_text(f"{count(origin=('retold',))} of {count()} articles")
        page.get_by_label("press 1").check()
        expect(hits).to_have_text(f"{count(origin=('retold', 'press'))} of {count()} articles")
        page.locator(".filters details[data-group='split'] summary").click()
        page.get_by_label(f"test {count(split=('test',))}", exact=True).check()
        both = count(origin=("retold", "press"), split=("test",))
        assert both
        expect(hits).to_have_text(f"{both} of {count()} articles")
        page.reload()
        expect(hits).to_have_text(f"{both} of {count()} articles")


def test_a_span_shows_what_is_known_and_whose_word_it_is(
    chromium: Browser, corpus_page: Path
) -> None:
    with opened(chromium, corpus_page, "#/article/inv-0101") as page:
        page.locator(".piece", has_text="They aimed at the cranes").click()
        panel = page.locator(".panel")
        expect(panel.locator("h2")).to_contain_text("quote")
        expect(panel.locator("dl")).to_contain_text("direct")
        expect(panel.locator(".relation", has_text="said by → ")).to_contain_text("Brandès")
        assert "There is nothing military here" in chosen(page)
        assert set(page.locator("svg.arcs text").all_text_contents()) == {"said by", "cue of"}
        panel.get_by_role("button", name="Brandès").click()
        assert chosen(page) == "Brandès"


def test_overlap_is_walked_from_the_inside_out(chromium: Browser, corpus_page: Path) -> None:
    with opened(chromium, corpus_page, "#/article/inv-0101") as page:
        piece = page.locator(".piece", has_text="At least seven").first
        piece.click()
        expect(page.locator(".panel h2")).to_contain_text("number")
        piece.click()
        expect(page.locator(".panel h2")).to_contain_text("quote")
        piece.click()
        expect(page.locator(".panel h2")).to_contain_text("number")


def test_the_keyboard_is_enough(chromium: Browser, corpus_page: Path) -> None:
    with opened(chromium, corpus_page, "#/article/inv-0101") as page:
        page.locator(".piece").first.focus()
        page.keyboard.press("Enter")
        assert chosen(page) == "PORTO VELSÀ"
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        assert chosen(page) == "Oltrana"
        page.keyboard.press("Escape")
        assert chosen(page) == ""
        assert page.locator(".piece[tabindex='0']").count() == 1
        page.keyboard.press("/")
        expect(page.locator("#search")).to_be_focused()


def test_an_address_leads_to_a_span(chromium: Browser, corpus_page: Path) -> None:
    with opened(chromium, corpus_page, "#/article/inv-0101/q2") as page:
        expect(page.locator(".panel h2")).to_contain_text("q2")
        expect(page.locator(".piece.chosen").first).to_be_in_viewport()


def test_layers_can_be_left_out(chromium: Browser, corpus_page: Path) -> None:
    with opened(chromium, corpus_page, "#/article/inv-0101") as page:
        for layer in ("actor", "location", "number", "cue", "counted"):
            page.locator(".switches label", has_text=layer).locator("input").uncheck()
        assert page.locator(".piece").count() >= 9
        assert page.evaluate("document.querySelector('.text').textContent").startswith("PORTO")
        page.locator(".switches label", has_text="quote").locator("input").uncheck()
        expect(page.locator(".piece")).to_have_count(0)


def test_a_story_says_who_gave_which_figure(chromium: Browser, corpus_page: Path) -> None:
    with opened(chromium, corpus_page, "#/story/melvera-truce") as page:
        grid = page.locator(".grid")
        row = grid.locator("tr", has=page.get_by_role("link", name="port killed"))
        assert row.locator("td").nth(0).inner_text().split() == ["≥", "7", "5"]
        question = page.locator(".question").first
        expect(question.locator(".badge")).to_have_text("figures exclude each other")
        first = question.locator("tr.claim").first
        expect(first).to_contain_text("Nicolò Brandès")
        first.locator("button").click()
        expect(question.locator("blockquote mark").first).to_have_text("At least seven")
        first.hover()
        against = question.locator("tr.against")
        assert against.count() > 0
        assert all("≥ 7" not in text for text in against.all_inner_texts())
        question.locator("blockquote a").first.click()
        expect(page.locator(".panel .said")).to_have_text("At least seven")


def test_a_standoff_story_has_figures_without_words(chromium: Browser, corpus_page: Path) -> None:
    with opened(chromium, corpus_page, "#/story/event-0001") as page:
        expect(page.locator(".question").first).to_be_visible()
        report = page.locator("tr.claim", has_text="press-0001").first
        report.locator("button").click()
        expect(page.locator("tr.detail:not([hidden])").first).to_contain_text("not here")


def test_entities_lead_to_their_articles(chromium: Browser, corpus_page: Path) -> None:
    with opened(chromium, corpus_page, "#/entities") as page:
        page.fill("#entity-search", "porto vels")
        link = page.locator("tbody a").first
        expect(link).to_have_text("Porto Velsà")
        link.click()
        expect(page.locator("#hits")).to_have_text(f"4 of {count()} articles")


def test_hostile_text_is_shown_and_does_nothing(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    write_page(Shelf({"inv-9001": [hostile()]}), file, HARM)
    for address in ("#/", "#/article/inv-9001/a1", "#/story/constructor", "#/entities", "#/stories",
                    "#/article/%E0%A4%A", "#/constructor/x", "#/article/<img src=x>",
                    "#/?f=x&q=%22"):  # fmt: skip
        with opened(chromium, file, address, width=390) as page:
            page.wait_for_timeout(150)
            assert page.locator("main img, main script, main b b").count() == 0
            assert page.title() != "harm"
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with opened(chromium, file, "#/article/inv-9001/a1") as page:
        assert chosen(page) == HARM
        shown = page.locator(".text").inner_text()
        assert "\u202e" not in shown
        assert "[U+202E]turned round[U+202C]" in shown
        assert "👩‍🚒" in shown
    assert HARM in TEXT


def test_two_annotators_stand_side_by_side(chromium: Browser, tmp_path: Path) -> None:
    one = hostile()
    actor = one.spans[0]
    assert isinstance(actor, Actor)
    changed = msgspec.structs.replace(actor, type="group", annotator="B")
    other = msgspec.structs.replace(one, spans=(changed,))
    file = tmp_path / "page.html"
    write_page(Shelf({"inv-9001": [one, other]}), file, "t")
    with opened(chromium, file, "#/article/inv-9001") as page:
        expect(page.locator(".disagreements tbody tr")).to_have_count(2)
        rows = page.locator(".disagreements tbody tr").all_inner_texts()
        assert "type: person / group" in rows[0]
        assert "only on the left" in rows[1]
        page.locator(".disagreements button").last.click()
        assert chosen(page) == "seven"


def test_findings_stand_at_their_place(chromium: Browser, tmp_path: Path) -> None:
    document = hostile()
    span = document.spans[1]
    finding = Finding("inv-9001", span.start, span.end, "S05", "critical", f"Wrong {HARM}")
    file = tmp_path / "page.html"
    write_page(Shelf({"inv-9001": [document]}, {}, [finding]), file, "t")
    with opened(chromium, file, "#/article/inv-9001") as page:
        expect(page.locator(".findings li")).to_contain_text("S05 critical: Wrong </script>")
        expect(page.locator(".findings q")).to_have_text("seven")
        expect(page.locator(".piece.found")).to_have_text("seven")


def test_a_folder_of_texts_opens_from_the_disk(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "ONE_PAGE", 20)
    many = {f"inv-{n:04d}": [hostile(f"inv-{n:04d}")] for n in range(40)}
    write_page(Shelf(many), tmp_path / "index.html", "t")
    with opened(chromium, tmp_path / "index.html", "#/article/inv-0039/n1") as page:
        assert chosen(page) == "seven"
    with opened(chromium, tmp_path / "index.html", "#/?q=astral") as page:
        expect(page.locator("#hits")).to_have_text("40 articles")


@pytest.mark.parametrize(("width", "dark"), [(390, False), (800, True), (1300, False)])
def test_nothing_serious_stands_in_a_readers_way(
    chromium: Browser, corpus_page: Path, width: int, dark: bool
) -> None:
    for address in ("#/", "#/article/inv-0101/q2", "#/article/wn-0001", "#/story/melvera-truce",
                    "#/stories", "#/entities", "#/charts"):  # fmt: skip
        with opened(chromium, corpus_page, address, width, dark=dark) as page:
            page.wait_for_timeout(100)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page).response["violations"]
            assert [
                (address, v["id"], v["nodes"][0]["html"][:200])
                for v in found
                if v["impact"] in ("serious", "critical")
            ] == []


def test_an_article_can_be_printed(chromium: Browser, corpus_page: Path) -> None:
    with opened(chromium, corpus_page, "#/article/inv-0101") as page:
        page.emulate_media(media="print")
        expect(page.locator(".panel")).to_be_hidden()
        expect(page.locator(".text")).to_be_visible()
        assert len(page.pdf()) > 10_000
