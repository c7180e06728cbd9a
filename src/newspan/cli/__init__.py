"""The command line: parse, call one function, print."""

from __future__ import annotations

import io
import os
import sys

import typer

from newspan.cli import (
    browse,
    checks,
    compare,
    corpus,
    documents,
    propose,
    reading,
    start,
    stats,
    studio,
    texts,
    versions,
)

__all__ = ["app", "main"]

_SHOWN = 30
"""Faults that are printed; the rest are counted."""

app = typer.Typer(
    name="newspan",
    help="An annotated corpus of English news reports: load it, annotate it, check it.",
    epilog="Errors are one paragraph; --debug, anywhere, shows where they come from.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
for _verb in (
    corpus.demo, start.init, corpus.build, corpus.derive, checks.validate, start.hook,
    texts.ingest, texts.hydrate, texts.dehydrate, corpus.info, stats.stats, documents.show,
    reading.phenomena, reading.wording,
    corpus.claims, browse.browse, documents.convert, documents.mark,
    propose.preannotate, compare.agree, compare.score,
    versions.diff, versions.textconv, versions.migrate, versions.release,
):  # fmt: skip
    app.command(_verb.__name__)(_verb)
app.add_typer(studio.app, name="studio")
app.add_typer(propose.app, name="entities")


def main() -> None:
    """Run the command line; an error is one clear paragraph and exit code 2."""
    debug = "--debug" in sys.argv
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets its escape, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    arguments = [a for a in sys.argv[1:] if a != "--debug"]
    try:
        app(arguments)
    except BrokenPipeError:
        # The reader has gone (as with `| head`); say nothing, and keep Python from trying.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as error:
        if debug:
            raise
        from newspan.errors import NewspanError

        if isinstance(error, OSError) and not isinstance(error, NewspanError):
            typer.echo(f"newspan: {error}", err=True)
        elif isinstance(error, NewspanError):
            shown = [str(fault) for fault in error.faults[:_SHOWN]]
            if len(error.faults) > _SHOWN:
                shown.append(f"… and {len(error.faults) - _SHOWN} more.")
            typer.echo("newspan: " + "\n".join(shown), err=True)
        else:
            typer.echo(
                f"newspan: {type(error).__name__}: {error}\nThis should not happen: run it "
                "again with --debug and report what it prints.",
                err=True,
            )
        raise SystemExit(2) from None
