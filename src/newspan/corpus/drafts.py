"""Reading what people have — text, HTML, JSONL, carriers' files — as drafts of articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newspan.corpus.bylines import day, names_of
from newspan.corpus.carriers import read_carrier
from newspan.errors import DocumentError, Fault, MissingExtra, NewspanError
from newspan.files import MAX_TEXT_BYTES, read_bytes, read_text
from newspan.plain_yaml import parse_yaml
from newspan.schema.model import Article

__all__ = ["Draft", "carried_drafts", "read_drafts"]

_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\n(.*)\Z", re.DOTALL | re.MULTILINE)
_HTML_FILE = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_HEADING = re.compile(r"\A\s*# +(.+)\n")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_DERIVED = ("text_sha256", "paragraph_sha256", "n_chars", "normalization", "canary", "split")
_FIELDS = {f.name for f in msgspec.structs.fields(Article)} - {"text", *_DERIVED}


class Draft(NamedTuple):
    """A text as it was found, and what is known of it."""

    path: Path
    line: int | None
    """Line of the file it stands on, where a file holds several."""
    text: str
    own: dict[str, Any]
    """What the text says of itself, in front matter or record: it goes before options."""
    found: dict[str, Any]
    """What was read off it (page metadata, headings): options go before it."""
    record: str
    """Name under which a carrier has it: the record's id, or the file's name."""


def read_drafts(path: Path, faults: list[Fault]) -> Iterator[Draft]:
    """The drafts of one file: .txt, .md, .html, .htm or .jsonl.

    What cannot be read is added to `faults`, each with its line, and the rest goes on, so
    that all that is wrong is reported together. Raises MissingExtra for HTML without
    trafilatura.
    """
    reader = _READERS.get(path.suffix.lower())
    if path.suffix.lower() == ".jsonl":
        yield from _read_jsonl(path, faults)
    elif reader is not None:
        yield from reader(path)
    else:
        known = ", ".join([*_READERS, ".jsonl"])
        faults.append(Fault(f"has the suffix {path.suffix!r}.", f"Read are: {known}.", path))


def carried_drafts(carrier: str, source: Path, records: Sequence[str]) -> Iterator[Draft]:
    """The drafts of named records of a carrier's file or folder."""
    wanted = dict.fromkeys(records)
    carried = {t.record: t for t in read_carrier(carrier, source) if t.record in wanted}
    if missing := [name for name in wanted if name not in carried]:
        raise NewspanError(
            Fault(f"has no record {', '.join(missing)}.", "Check the record's id.", source)
        )
    for name in wanted:
        text = carried[name]
        published = day(text.date) if text.date else None
        found = {"published": published.isoformat()} if published else {}
        yield Draft(text.path, None, "\n\n".join(text.readings[0]), {}, found, name)


def _read_plain(path: Path) -> Iterator[Draft]:
    content = read_text(path).replace("\r\n", "\n")
    if _HTML_FILE.match(content):
        raise DocumentError(Fault("is HTML.", "Give it the suffix .html.", path, line=1))
    own: dict[str, Any] = {}
    if content.startswith("---\n"):
        match = _FRONT_MATTER.match(content)
        if match is None:
            raise DocumentError(
                Fault("its front matter has no end.", "Close it with a line `---`.", path, line=1)
            )
        meta = parse_yaml(match[1], path, first_line=2)
        if not isinstance(meta, dict):
            raise DocumentError(
                Fault("front matter is no mapping.", "Use `key: value`.", path, line=2)
            )
        own, content = _own(meta, path, strict=True), match[2]
    found: dict[str, Any] = {}
    heading = _HEADING.match(content) if path.suffix.lower() == ".md" else None
    if heading is not None:
        found, content = {"title": heading[1].strip()}, content[heading.end() :]
    yield Draft(path, None, content, own, found, path.stem)


def _read_html(path: Path) -> Iterator[Draft]:
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingExtra(
            Fault(
                f"reading HTML needs trafilatura, which cannot be imported: {error}.",
                "Run `pip install 'newspan[ingest]'`.",
                path,
            )
        ) from error
    page = bare_extraction(
        read_text(path), with_metadata=True, include_comments=False, include_tables=False
    )
    if page is None or not page.text:
        raise DocumentError(
            Fault("no report was found on the page.", "Save its text as .txt.", path)
        )
    blocks = [block for block in page.text.split("\n") if block.strip()]
    if len(blocks) > 1 and blocks[0].strip() == page.title:
        blocks = blocks[1:]
    names = names_of(page.author.replace(";", ",")) if page.author else None
    found = {
        "title": page.title,
        "published": page.date,
        "publisher": page.sitename,
        "byline": names[0] if names else [page.author] if page.author else None,
        "language": page.language,
    }
    known = {k: v for k, v in found.items() if v}
    yield Draft(path, None, "\n\n".join(blocks), {}, known, path.stem)


def _read_jsonl(path: Path, faults: list[Fault]) -> Iterator[Draft]:
    content = read_bytes(path).removeprefix(b"\xef\xbb\xbf")
    if not content.strip():
        faults.append(Fault("the file is empty.", "One JSON object a line, with text.", path))
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip():
            try:
                yield _record(line, path, number)
            except NewspanError as error:
                faults += error.faults


def _record(line: bytes, path: Path, number: int) -> Draft:
    def fault(message: str, remedy: str) -> DocumentError:
        return DocumentError(Fault(message, remedy, path, line=number))

    if len(line) > MAX_TEXT_BYTES:
        raise fault(f"{len(line):,} bytes; at most {MAX_TEXT_BYTES:,} are read.", "Split it.")
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        why = " (a lone surrogate?)" if _SURROGATE.search(line) else ""
        raise fault(f"is not JSON: {error}{why}.", "Mend or leave out the line.") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise fault("is no object with a text.", 'Each line: {"text": "…", …}.')
    if not record["text"].strip():
        raise fault("its text is empty.", "Put the text in, or leave out the line.")
    own = _own(record, path, number)
    return Draft(path, number, record["text"], own, {}, str(record.get("id", f"line-{number}")))


def _own(
    meta: Mapping[str, Any], path: Path, line: int = 2, *, strict: bool = False
) -> dict[str, Any]:
    """The fields of an article in a mapping; `date` is `published`, a byline may be words.

    With `strict`, a key that is no field is an error; else it is passed over.
    """
    known = {("published" if k == "date" else k): v for k, v in meta.items() if v is not None}
    wrong = sorted(str(k) for k in known if k not in _FIELDS)
    if strict and wrong:
        raise DocumentError(
            Fault(f"front matter has {', '.join(wrong)}.", f"Fields: {', '.join(sorted(_FIELDS))}.",
                  path, line=line)
        )  # fmt: skip
    if isinstance(byline := known.get("byline"), str):
        names = names_of(byline.removeprefix("By "))
        known["byline"] = names[0] if names else [byline]
        if names and names[1]:
            known.setdefault("publisher", names[1])
    return {k: v for k, v in known.items() if k in _FIELDS}


_READERS: dict[str, Callable[[Path], Iterator[Draft]]] = {
    ".txt": _read_plain,
    ".md": _read_plain,
    ".html": _read_html,
    ".htm": _read_html,
}
