"""The charts: their figures, and drawings that stand anywhere and can be read by anybody."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from newspan.browse.colours import LAYER_COLOURS
from newspan.browse.places import land_rings, places
from newspan.browse.plots import Chart, charts, write_charts
from newspan.browse.plots_draw import DARK, LIGHT
from newspan.browse.plots_frame import frame_around, shores
from newspan.browse.plots_png import png_of
from newspan.cli import main
from newspan.corpus.build import build
from newspan.corpus.load import Corpus, load
from newspan.errors import MissingExtra
from trees import REPOSITORY, copy_tree

SVG = "{http://www.w3.org/2000/svg}"
FORBIDDEN = {"script", "style", "foreignObject", "image", "use", "a", "animate", "set"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = copy_tree(tmp_path_factory.mktemp("plots") / "tree")
    build(tree)
    return tree


@pytest.fixture(scope="module")
def small(root: Path) -> Corpus:
    return load(root)


@pytest.fixture(scope="module")
def ours() -> Corpus:
    return load(REPOSITORY)


def by_name(corpus: Corpus) -> dict[str, Chart]:
    return {chart.name: chart for chart in charts(corpus)}


def with_entities(corpus: Corpus, **changes: dict[str, object]) -> Corpus:
    """The corpus with fields of some entities changed."""
    rows = corpus.entities.to_pylist()
    made = [row | changes.get(row["id"].replace("-", "_"), {}) for row in rows]
    table = corpus.entities.from_pylist(made, schema=corpus.entities.schema)
    return Corpus(corpus.articles, corpus.spans, corpus.relations, table)


def test_every_chart_says_what_it_shows_with_its_figures(ours: Corpus) -> None:
    found = charts(ours)
    assert len({chart.name for chart in found}) == len(found) >= 12
    for chart in found:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", chart.name)
        assert chart.description.endswith(".") and re.search(r"\d", chart.description)
        assert len({len(row) for row in chart.rows}) == 1 and len(chart.rows) > 1


def test_figures_agree_with_the_tables(ours: Corpus) -> None:
    found = by_name(ours)
    spans = {row[0]: row[-1] for row in found["spans"].rows[1:]}
    assert spans["all"] == ours.spans.num_rows
    quotes = [s["quote"] for s in ours.spans.to_pylist() if s["quote"]]
    direct = sum(q["form"] == "direct" for q in quotes)
    for name in ("quote-forms", "speaker-kinds"):
        head, *rows = found[name].rows
        assert sum(row[head.index("direct")] for row in rows) == direct
        assert sum(row[-1] for row in rows) == len(quotes)
    grid = found["numbers"].rows
    assert sum(row[-1] for row in grid[1:]) == spans["number"]
    head, *rows = found["articles"].rows
    assert sum(row[-1] for row in rows) == ours.articles.num_rows


def test_speakers_are_ranked_by_their_quotes(small: Corpus) -> None:
    head, *rows = by_name(small)["speakers"].rows
    spans = {s["id"]: s for s in small.spans.to_pylist()}
    said = [
        spans[r["tail"]]["actor"]["entity"]
        for r in small.relations.to_pylist()
        if r["type"] == "said_by"
    ]
    said = [key for key in said if key is not None]
    assert [row[-1] for row in rows] == sorted((said.count(k) for k in set(said)), reverse=True)
    assert head == ("speaker", "direct", "indirect", "mixed", "all")


@pytest.mark.parametrize("dark", [False, True])
def test_a_drawing_brings_nothing_into_a_page_and_asks_for_nothing(
    ours: Corpus, dark: bool
) -> None:
    for chart in charts(ours):
        drawing = ElementTree.fromstring(chart.svg(dark))
        assert drawing.tag == f"{SVG}svg" and drawing.get("role") == "img"
        assert chart.title in (drawing.get("aria-label") or "")
        for element in drawing.iter():
            assert element.tag.removeprefix(SVG) not in FORBIDDEN
            for name, value in element.attrib.items():
                assert name not in ("id", "class", "style", "href") and not name.startswith("on")
                assert "url(" not in value and "://" not in value


@pytest.mark.slow
def test_the_same_corpus_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from newspan.corpus.load import load\n"
        "from newspan.browse.plots import charts, write_charts\n"
        "write_charts(charts(load(sys.argv[1])), Path(sys.argv[2]))"
    )
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        command = [sys.executable, "-c", program, str(root), str(folder)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1] and len(made[0]) >= 30


def _texts(chart: Chart) -> list[str]:
    drawing = ElementTree.fromstring(chart.svg())
    return [element.text or "" for element in drawing.iter(f"{SVG}text")]


def test_hostile_names_are_only_words(small: Corpus) -> None:
    name = '</svg><script>alert(1)</script>"\u202e\x1b[2J' + "x" * 500
    changed = {"jonas_odegaard": {"name": name}, "loc_aske": {"name": name}}
    found = by_name(with_entities(small, **changed))
    for chart in (found["speakers"], found["places"]):
        drawing = chart.svg()
        assert "<script" not in drawing and "\u202e" not in drawing and "\x1b" not in drawing
        assert any("</svg><script>" in text for text in _texts(chart))
    shown = next(text for text in _texts(found["speakers"]) if text.startswith("</svg>"))
    assert len(shown) <= 30
    assert found["speakers"].png(96).startswith(b"\x89PNG")


def test_a_sheet_has_no_formulas(small: Corpus) -> None:
    chart = by_name(with_entities(small, jonas_odegaard={"name": "=cmd()"}))["speakers"]
    rows = list(csv.reader(io.StringIO(chart.csv())))
    assert any(row[0] == "'=cmd()" for row in rows) and len(rows) == len(chart.rows)


def test_a_corpus_without_annotation_has_charts_too(small: Corpus) -> None:
    bare = Corpus(small.articles, small.spans.slice(0, 0), small.relations.slice(0, 0),
                  small.entities)  # fmt: skip
    assert set(by_name(bare)) == {"articles", "spans", "relations"}
    assert all(ElementTree.fromstring(c.svg()) is not None for c in charts(bare))


def _grey(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("layer", list(LAYER_COLOURS))
@pytest.mark.parametrize("number", [2, 3, 4])
def test_parts_are_told_apart_in_grey_print(layer: str, number: int) -> None:
    greys = [_grey(shade) for shade in LIGHT.shades(LAYER_COLOURS[layer], number)]
    assert greys == sorted(greys)
    assert min(b - a for a, b in pairwise(greys)) > 0.12
    assert DARK.shades(LAYER_COLOURS[layer], number)[0] == LIGHT.shades(
        LAYER_COLOURS[layer], number
    )[-1]  # fmt: skip


def test_png_is_a_column_wide_and_on_white(small: Corpus) -> None:
    image = Image.open(io.BytesIO(by_name(small)["spans"].png(300)))
    assert image.width == 1050 and round(image.info["dpi"][0]) == 300
    assert image.convert("RGB").getpixel((0, image.height - 1)) == (255, 255, 255)
    colours = {c for _, c in image.convert("RGB").getcolors(1 << 20) or []}
    assert all(tuple(bytes.fromhex(c[1:])) in colours for c in LAYER_COLOURS.values())


def test_png_has_letters_without_any_font_of_the_machine(small: Corpus) -> None:
    chart = by_name(small)["spans"]
    mute = re.sub("<text.*?</text>", "", chart.svg())
    with_words, without = (
        Image.open(io.BytesIO(made)).convert("L")
        for made in (chart.png(300), png_of(mute, 300, "#ffffff"))
    )
    dark = [sum(image.histogram()[:80]) for image in (with_words, without)]
    assert dark[0] - dark[1] > 1_500


def test_without_the_extra_png_is_refused_before_anything_is_written(
    small: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtra, match=r"newspan\[browse\]"):
        write_charts(charts(small), tmp_path / "plots")
    assert not (tmp_path / "plots").exists()
    written = write_charts(charts(small), tmp_path / "plots", png=False)
    assert {path.suffix for path in written} == {".svg", ".csv"}


def test_the_verb_writes_three_files_a_chart(
    root: Path, small: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    folder = tmp_path / "plots"
    monkeypatch.setattr("sys.argv", ["newspan", "stats", str(root), "--plots", str(folder)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 0
    names = {f"{chart.name}.{kind}" for chart in charts(small) for kind in ("svg", "png", "csv")}
    assert {path.name for path in folder.iterdir()} == names
    assert f"{len(names)} files" in capsys.readouterr().err


# ---- the map -----------------------------------------------------------------------------


def test_the_outline_is_small_and_has_the_land_where_it_is() -> None:
    file = REPOSITORY / "src" / "newspan" / "browse" / "land_outline.txt"
    assert file.stat().st_size < 60_000
    for point in ((30.5, 50.4), (36.8, -1.3), (34.1, 45.0), (-60.0, -10.0), (178.0, 67.5),
                  (134.0, -25.0), (0.0, -85.0)):  # fmt: skip
        assert _on_land(point), point
    for point in ((-40.0, 20.0), (80.0, -20.0), (34.0, 43.5), (-150.0, 0.0), (0.0, 75.0)):
        assert not _on_land(point), point


def _on_land(point: tuple[float, float]) -> bool:
    x, y = point
    crossed = 0
    for ring in land_rings():
        for turn in (-360, 0, 360):
            for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
                if (ay > y) != (by > y) and x < ax + turn + (y - ay) / (by - ay) * (bx - ax):
                    crossed += 1
    return crossed % 2 == 1


def test_the_outline_has_no_borders() -> None:
    """A border inside the land would be a line that two rings share."""
    rings = [set(map(frozenset, pairwise([*ring, ring[0]]))) for ring in land_rings()]
    assert len(set().union(*rings)) == sum(map(len, rings)) > 4_000


def test_every_mention_of_a_place_is_counted_in_its_use(ours: Corpus) -> None:
    found = places(ours)
    entities = {e["id"]: e for e in ours.entities.to_pylist()}
    spans = ours.spans.to_pylist()
    located = [s["location"] for s in spans if s["location"] and s["location"]["entity"]]
    for at, use in enumerate(("literal", "associative")):
        assert sum(p.uses[at] for p in found) == sum(loc["usage"] == use for loc in located)
    acting = [s["actor"] for s in spans if s["actor"] and s["actor"]["metonymy"]]
    with_place = [a for a in acting if entities.get(a["entity"], {}).get("place")]
    assert sum(p.uses[2] for p in found) == len(with_place) > 0
    numbers = [p.total for p in found]
    assert numbers == sorted(numbers, reverse=True)


def test_places_stand_where_the_gazetteer_has_them(ours: Corpus) -> None:
    found = {p.entity: p for p in places(ours)}
    kyiv, ukraine = found["loc-kyiv"], found["loc-ukraine"]
    assert kyiv.point == (30.5238, 50.45466)
    assert ukraine.point is not None and ukraine.uses[2] > 0
    assert abs(ukraine.point[0] - 30.5) < 0.1 and abs(ukraine.point[1] - 50.5) < 0.1
    assert found["loc-crimea"].point is None and not found["loc-crimea"].invented


def test_invented_places_are_on_no_map_even_with_coordinates(small: Corpus) -> None:
    assert all(p.invented and p.point is None for p in places(small))
    chart = by_name(small)["places"]
    texts = _texts(chart)
    assert any(text.startswith("Invented places, on no map") for text in texts)
    assert any("Dolmvik" in text for text in texts)
    drawing = ElementTree.fromstring(chart.svg())
    assert drawing.find(f".//{SVG}path") is None


def test_marks_are_by_area_as_big_as_their_numbers(small: Corpus) -> None:
    real = {"gazetteer": "a gazetteer", "longitude": 5.0, "latitude": 60.0, "type": "city"}
    corpus = with_entities(small, loc_dolmvik=real, loc_aske=real | {"longitude": 25.0})
    by_entity = {p.entity: p for p in places(corpus)}
    numbers = {by_entity[key].name: sum(by_entity[key].uses[:2]) for key in
               ("loc-dolmvik", "loc-aske")}  # fmt: skip
    drawing = ElementTree.fromstring(by_name(corpus)["places"].svg())
    radii = {}
    for circle in drawing.iter(f"{SVG}circle"):
        label = circle.find(f"{SVG}title")
        if label is not None:
            radii[(label.text or "").partition(":")[0]] = float(circle.get("r") or 0)
    assert set(radii) == set(numbers) and len(set(numbers.values())) == 2
    areas = {name: radius**2 / numbers[name] for name, radius in radii.items()}
    assert max(areas.values()) == pytest.approx(min(areas.values()), rel=0.02)


def test_the_frame_holds_every_point_and_land_to_go_by() -> None:
    for points in (
        [(30.5, 50.4)], [(-77.0, 38.9), (139.7, 35.7)], [(179.9, -17.0), (-179.9, -16.0)],
        [(0.0, 89.0), (10.0, -89.0)],
    ):  # fmt: skip
        frame = frame_around(points)
        for point in points:
            x, y = frame.xy(point)
            assert frame.holds(point) and 0 <= x <= 336 and 0 <= y <= frame.height
        assert "l" in shores(frame)
