"""Verbs on Label Studio."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Work with Label Studio.", no_args_is_help=True)


@app.command()
def config(
    file: Annotated[
        Path | None, typer.Argument(help="A project's configuration, to be compared.")
    ] = None,
) -> None:
    """Print the labelling configuration, or say how a project's differs from it.

    Example: newspan studio config > label_config.xml
    """
    from newspan.formats.label_studio.config import check_config
    from newspan.schema.labelling import label_config

    if file is None:
        typer.echo(label_config(), nl=False)
    else:
        check_config(file)
        typer.echo(f"{file}: holds what newspan's annotations need.")


@app.command()
def serve(
    source: Annotated[
        Path | None, typer.Argument(help="What to push; by default the corpus.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the work is kept; without it, it is not."),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8080,
    project: Annotated[
        str, typer.Option(metavar="TITLE", help="Project to make, or to go on with.")
    ] = "newspan",
    kind: Annotated[
        str, typer.Option("--as", metavar="KIND", help="bare, predictions or annotation.")
    ] = "bare",
    no_push: Annotated[bool, typer.Option("--no-push", help="Make no project.")] = False,
) -> None:
    """Run Label Studio on this machine, for nobody else, with the corpus in a project.

    Label Studio is installed on first use, apart from everything else. Ctrl-C ends it.

    Example: newspan studio serve --data annotating
    """
    from newspan.annotations.studio.serve import filler
    from newspan.annotations.studio.serve import serve as run

    def progress(message: str) -> None:
        typer.echo(message, err=True)

    fill = None if no_push else filler(source, project, kind, progress)
    run(data, port, fill, typer.echo, progress)


@app.command()
def push(
    source: Annotated[
        Path | None,
        typer.Argument(help="Corpus, JSON Lines or Label Studio JSON; by default the corpus."),
    ] = None,
    project: Annotated[
        str, typer.Option(metavar="TITLE", help="Project; it is made where there is none.")
    ] = "newspan",
    kind: Annotated[
        str, typer.Option("--as", metavar="KIND", help="bare, predictions or annotation.")
    ] = "bare",
    pass_name: Annotated[
        str | None, typer.Option("--pass", metavar="NAME", help="Pass whose annotation is sent.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what differs, after a backup.")
    ] = False,
    backup: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where what is replaced goes.")
    ] = None,
    hydrated: Annotated[Path, typer.Option(help="Folder that `newspan hydrate` filled.")] = Path(
        "hydrated"
    ),
    preannotate: Annotated[
        bool, typer.Option("--preannotate", help="Send proposals made now, as predictions.")
    ] = False,
) -> None:
    """Bring articles into a Label Studio project: alone, with predictions, or annotated.

    What is there already stays; run it again after any failure. The server is that of
    LABEL_STUDIO_URL, the access token that of LABEL_STUDIO_API_KEY.

    Example: newspan studio push --as predictions --project "Second round"
    """
    from newspan.annotations.studio.client import Studio
    from newspan.annotations.studio.upload import upload

    with Studio.connect() as studio:
        if studio.caution:
            typer.echo(f"newspan: {studio.caution}", err=True)
        upload(
            studio, source, project, kind, typer.echo,
            pass_name=pass_name, replace=replace, backup=backup, hydrated=hydrated,
            preannotate=preannotate,
        )  # fmt: skip


@app.command()
def pull(
    target: Annotated[
        Path | None, typer.Argument(help="Folder; by default annotations/ of the corpus.")
    ] = None,
    project: Annotated[str, typer.Option(metavar="TITLE", help="Project.")] = "newspan",
    pass_name: Annotated[
        str | None,
        typer.Option("--pass", metavar="NAME", help="Take all versions, into passes/NAME/."),
    ] = None,
    source: Annotated[
        Path | None, typer.Option(help="What was pushed; by default the corpus.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Take everything again, over changes made here.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove files of what is gone from the server.")
    ] = False,
) -> None:
    """Bring annotation back: what is finished, or, for double annotation, a whole pass.

    Exit 1 where something was held back, with why. Owners' words stay out of the files.

    Example: newspan studio pull --pass first
    """
    from newspan.annotations.studio.bar import progress_bar
    from newspan.annotations.studio.client import Studio
    from newspan.annotations.studio.known import known_articles
    from newspan.annotations.studio.project import find_project
    from newspan.annotations.studio.pull import pull as run
    from newspan.paths import data_root

    base = data_root() if source is None else source
    articles = known_articles(base)
    with Studio.connect() as studio:
        if studio.caution:
            typer.echo(f"newspan: {studio.caution}", err=True)
        there = find_project(studio, project)
        with progress_bar("pulling") as advance:
            found = run(
                studio, there, target or data_root() / "annotations", articles,
                pass_name=pass_name, full=full, prune=prune, progress=lambda _: advance(1),
            )  # fmt: skip
    typer.echo(found.summary())
    raise typer.Exit(1 if found.held_back else 0)


@app.command()
def status(
    project: Annotated[str, typer.Option(metavar="TITLE", help="Project.")] = "newspan",
    source: Annotated[
        Path | None, typer.Option(help="What was pushed; by default the corpus.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Say how far a project is, by annotator and article, and where they disagree.

    Example: newspan studio status --project "Second round"
    """
    import msgspec

    from newspan.annotations.studio.client import Studio
    from newspan.annotations.studio.known import known_articles
    from newspan.annotations.studio.project import find_project
    from newspan.annotations.studio.status import status as run
    from newspan.errors import Fault, NewspanError
    from newspan.paths import data_root

    if form not in ("text", "json"):
        raise NewspanError(Fault(f"--format {form} is unknown.", "It is text or json."))
    articles = known_articles(data_root() if source is None else source)
    with Studio.connect() as studio:
        found = run(studio, find_project(studio, project), articles)
    if form == "json":
        typer.echo(msgspec.json.format(msgspec.json.encode(found.builtins()), indent=1).decode())
    else:
        typer.echo(str(found))
