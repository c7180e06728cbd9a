"""Verbs that compare annotations: agree, score."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ComparisonFormat(StrEnum):
    """How a comparison is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class Matched(StrEnum):
    """Which pairs of spans attributes are compared on."""

    OVERLAP = "overlap"
    EXACT = "exact"


_SOURCE = "Checkout, tables, JSON Lines, Label Studio JSON, or folder of tasks."
Format = Annotated[ComparisonFormat, typer.Option(help="How the figures are printed.")]
On = Annotated[
    Matched,
    typer.Option("--attributes-on", help="Attributes are compared on paired spans: all, or exact."),
]
Pool = Annotated[
    bool, typer.Option("--pool", help="One set of figures over all origins of articles.")
]
Times = Annotated[int, typer.Option(min=0, max=100_000, help="Drawings for the intervals.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the drawings.")]
SkipFaulty = Annotated[
    bool,
    typer.Option("--skip-faulty", help="Leave out annotations with faults, and count them."),
]
Listed = Annotated[bool, typer.Option("--list", help="List every difference with its words.")]
Hydrated = Annotated[Path, typer.Option(help="Folder that `newspan hydrate` filled.")]
Root = Annotated[
    Path | None,
    typer.Option("--root", help="Checkout that tasks without metadata belong to."),
]


def agree(
    a: Annotated[Path, typer.Argument(metavar="A", help=_SOURCE)],
    b: Annotated[
        Path | None,
        typer.Argument(metavar="B", help="The other; without it, the annotators within A."),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="NAME", help="Annotator, pass or model that counts."),
    ] = None,
    format: Format = ComparisonFormat.TEXT,
    attributes_on: On = Matched.OVERLAP,
    pool: Pool = False,
    times: Times = 1000,
    seed: Seed = 0,
    skip_faulty: SkipFaulty = False,
    listed: Listed = False,
    gamma: Annotated[
        bool, typer.Option("--gamma", help="Gamma of spans too; some ten articles a second.")
    ] = False,
    tasks: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write Label Studio tasks to adjudicate, both versions."),
    ] = None,
    hydrated: Hydrated = Path("hydrated"),
    root: Root = None,
) -> None:
    """Say how far two annotations of the same articles agree.

    Example: newspan agree annotations/passes/first annotations/passes/second

    Figures are given by origin and layer: F1 of spans, agreement and kappa of attributes on
    paired spans, F1 of relations. Their definitions: annotations/AGREEMENT.md.
    """
    from newspan.annotations import compare
    from newspan.annotations.compare.comparison import Asked
    from newspan.annotations.compare.figures import Resampling

    drawn = Resampling(times, seed)
    asked = Asked(attributes_on.value, pool, gamma, resampling=drawn)
    report = compare.agree(a, b, asked, by=by or (), root=root, skip_faulty=skip_faulty)
    if tasks is not None:
        for line in report.write_tasks(tasks, hydrated):
            typer.echo(line, err=True)
    typer.echo(report.rendered(format.value, listed=listed, hydrated=hydrated), nl=False)


def score(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help=f"What is taken for right. {_SOURCE}")
    ],
    pred: Annotated[
        Path,
        typer.Argument(
            metavar="PRED",
            help="What is scored; the same kinds of source, or token labels (.conll, .bio).",
        ),
    ],
    gold_by: Annotated[
        list[str] | None,
        typer.Option("--gold-by", metavar="NAME", help="Annotator or pass to take from GOLD."),
    ] = None,
    pred_by: Annotated[
        list[str] | None,
        typer.Option("--pred-by", metavar="NAME", help="Model or annotator to take from PRED."),
    ] = None,
    common: Annotated[
        bool,
        typer.Option("--common", help="Leave out articles that PRED lacks, which count as missed."),
    ] = False,
    format: Format = ComparisonFormat.TEXT,
    attributes_on: On = Matched.OVERLAP,
    pool: Pool = False,
    times: Times = 1000,
    seed: Seed = 0,
    skip_faulty: SkipFaulty = False,
    listed: Listed = False,
    hydrated: Hydrated = Path("hydrated"),
    root: Root = None,
) -> None:
    """Score predictions against an annotation that is taken for right.

    Example: newspan score annotations/adjudicated predictions.jsonl

    Figures are given by origin and layer: precision, recall and F1 of spans, accuracy of
    attributes on paired spans, relations. Their definitions: annotations/AGREEMENT.md.
    """
    from newspan.annotations import compare
    from newspan.annotations.compare.comparison import Asked
    from newspan.annotations.compare.figures import Resampling

    drawn = Resampling(times, seed)
    asked = Asked(attributes_on.value, pool, count_missing=not common, resampling=drawn)
    report = compare.score(
        gold,
        pred,
        asked,
        gold_by=gold_by or (),
        predicted_by=pred_by or (),
        root=root,
        skip_faulty=skip_faulty,
    )
    typer.echo(report.rendered(format.value, listed=listed, hydrated=hydrated), nl=False)
