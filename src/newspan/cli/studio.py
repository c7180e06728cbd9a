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
