"""The command line: parse, call one function, print."""

from __future__ import annotations

import sys

import typer

from newspan.cli import documents

__all__ = ["app", "main"]

app = typer.Typer(
    name="newspan",
    help="An annotated corpus of English news reports: load it, annotate it, check it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
app.command("mark")(documents.mark)
app.command("show")(documents.show)


def main() -> None:
    """Run the command line; an error is one clear paragraph and exit code 2."""
    from newspan.errors import NewspanError

    debug = "--debug" in sys.argv
    arguments = [a for a in sys.argv[1:] if a != "--debug"]
    try:
        app(arguments)
    except NewspanError as error:
        if debug:
            raise
        typer.echo(f"newspan: {error}", err=True)
        raise SystemExit(2) from None
