"""`python -m benchmarks [--articles N] [--rounds N]`: run all; write benchmarks/RESULTS.md."""

from __future__ import annotations

import argparse
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks.checks import broken_copy
from benchmarks.measure import run, table
from benchmarks.studio import report as studio
from benchmarks.synthetic import label_studio_export
from newspan.formats.stream import stream_label_studio

_PACKAGES = ("pyarrow", "msgspec", "datasets", "polars", "pandas", "label-studio-sdk", "numpy",
             "duckdb", "great-expectations")  # fmt: skip
_BROKEN = 100_000
"""Spans whose words are not those at their place, to see what failures cost."""


def main() -> None:
    """Make the input, time every contender in turn, print and write the tables."""
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("--articles", type=int, default=15_500, help="15,500 make some 400 MB")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newspan-bench-") as place:
        source, folder = Path(place) / "export.json", Path(place) / "tables"
        size = label_studio_export(source, options.articles)
        _, spans, _ = stream_label_studio(source, folder)
        parts = [
            _heading(options.articles, size, spans, options.rounds),
            _label_studio(source, Path(place), options.rounds),
            *(_loading(folder, config, options.rounds) for config in ("spans", "articles")),
            _span_check(folder, options.rounds),
            _checks(folder, Path(place) / "broken", options.rounds),
            _near_duplicates(options.articles * 20_000 // 15_500, options.rounds),
            studio(options.articles * 2_000 // 15_500, min(options.rounds, 3)),
        ]
    options.out.write_text("\n".join(parts), encoding="utf-8")
    print("\n".join(parts))


def _heading(articles: int, size: int, spans: int, rounds: int) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        "# Benchmarks\n\nWritten by `make bench`. Read the ratios, which hold on other machines "
        "too; medians of "
        f"{rounds} rounds in which all contenders take turns, each in a process of its own, "
        "imports apart.\n\n"
        f"Input: a synthetic Label Studio export of {articles:,} articles, {size / 1e6:,.0f} MB, "
        f"{spans:,} spans. Python {platform.python_version()}, {versions}.\n"
    )


def _label_studio(source: Path, place: Path, rounds: int) -> str:
    module = "benchmarks.label_studio"
    timings = run(
        {
            "msgspec typed decode alone (floor)": (module, "floor", str(source)),
            "newspan: JSON to checked Parquet": (
                module, "newspan", str(source), str(place / "out"),
            ),
            "label_studio_sdk converter to JSON_MIN": (
                module, "converter", str(source), str(place / "min"),
            ),
            "pandas.json_normalize": (module, "json_normalize", str(source)),
        },
        rounds,
    )  # fmt: skip
    note = (
        "The floor decodes the tasks and throws them away; its peak holds the file. The converter "
        "writes JSON without relations and checks nothing; json_normalize makes one flat frame of "
        "the results. newspan decodes, checks every span, attribute and relation, and writes "
        "three tables."
    )
    return table("Label Studio JSON to Parquet", timings, next(iter(timings)), note)


def _loading(folder: Path, config: str, rounds: int) -> str:
    module = "benchmarks.loading"
    names = {
        "pyarrow read_table (floor)": "pyarrow",
        "newspan.load_dataset": "newspan",
        "datasets.load_dataset, cold": "datasets_cold",
        "pandas.read_parquet, Arrow types": "pandas",
    }
    timings = run({n: (module, f, str(folder), config) for n, f in names.items()}, rounds)
    note = f"All rows and columns of `{config}`."
    return table(f"Loading `{config}`", timings, next(iter(timings)), note)


def _span_check(folder: Path, rounds: int) -> str:
    module = "benchmarks.span_check"
    names = {
        "polars join and slice (floor)": "polars_join",
        "newspan's span view": "newspan",
        "Python loop": "python_loop",
    }
    timings = run({n: (module, f, str(folder)) for n, f in names.items()}, rounds)
    note = "The words of every span against its text; tables in memory."
    return table("Span check", timings, next(iter(timings)), note)


def _checks(folder: Path, broken: Path, rounds: int) -> str:
    module = "benchmarks.checks"
    broken_copy(folder, broken, _BROKEN)
    timings = run(
        {
            "the same rules in bare DuckDB (floor)": (module, "duckdb", str(folder)),
            "newspan.validate": (module, "newspan", str(folder)),
            f"newspan.validate, {_BROKEN:,} spans broken": (module, "newspan", str(broken)),
        },
        rounds,
    )
    note = (
        "Every check over every row. The floor reads the tables, makes the same views and counts "
        "what each rule finds; newspan.validate compares the files with each other as well, runs "
        "the rules as Great Expectations' suites, and keeps first rows with their context."
    )
    return table("All checks", timings, next(iter(timings)), note)


def _near_duplicates(articles: int, rounds: int) -> str:
    module = "benchmarks.near_duplicates"
    names = {
        "words cut and hashed alone (floor)": "words_alone",
        "newspan's shingles and pairs": "newspan",
        "Python sets": "python_sets",
    }
    timings = run({n: (module, f, str(articles)) for n, f in names.items()}, rounds)
    seconds = timings["newspan's shingles and pairs"].seconds
    note = (
        f"{articles:,} articles of some 4,000 characters, five of them nearly the same as another; "
        f"these are found, and nothing else. newspan's took {seconds:.1f} s here."
    )
    return table("Near-duplicates", timings, next(iter(timings)), note)


if __name__ == "__main__":
    main()
