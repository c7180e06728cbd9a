"""Bringing the sources of a corpus together: articles, their annotation, entities, splits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from newspan.corpus.sources import read_article, read_entities, read_splits, source_files
from newspan.errors import DocumentError, Fault, NewspanError
from newspan.files import read_json, read_text
from newspan.formats.label_studio import decode, tasks_of
from newspan.schema.model import ADJUDICATED, Article, Document, Entity

__all__ = ["Sources", "entity_faults", "read_sources"]


class Sources(NamedTuple):
    """All that a corpus is built from."""

    version: str
    articles: dict[str, Article]
    documents: list[Document]
    """One per article, in the order of the ids; without spans where none is annotated."""
    entities: dict[str, Entity]
    splits: dict[str, str]


def read_sources(root: Path) -> Sources:
    """Read everything below `root` that a build needs.

    Raises DocumentError with the faults of all files together, never only the first's.
    """
    faults: list[Fault] = []
    articles, unread = _articles(root / "corpus", faults)
    entity_file = root / "annotations" / "entities.yaml"
    before = len(faults)
    entities = _try(faults, read_entities, entity_file) if entity_file.is_file() else {}
    entities_read = len(faults) == before
    files = [
        path
        for path in sorted((root / "annotations" / ADJUDICATED).glob("*.json"))
        if path.stem not in unread
    ]
    documents = _documents(files, articles, faults)
    if entities_read and (entities or not _mentions(documents)):
        for document, path in documents.values():
            faults += entity_faults(document, entities or {}, path)
    elif entities_read:
        faults.append(
            Fault("is not there, but mentions name entities.", "Restore it.", entity_file)
        )
    split_file = root / "annotations" / "splits.csv"
    splits = _try(faults, read_splits, split_file) if split_file.is_file() else {}
    version = _try(faults, _read_version, root / "corpus" / "VERSION")
    if faults:
        raise DocumentError(*faults)
    bare = {name: Document(article=article) for name, article in articles.items()}
    whole = {**bare, **{name: document for name, (document, _) in documents.items()}}
    return Sources(
        version or "", articles, [whole[n] for n in sorted(whole)], entities or {},
        splits or {},
    )  # fmt: skip


def _read_version(path: Path) -> str:
    """The version of the data: three numbers."""
    version = read_text(path).strip()
    if re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version) is None:
        raise DocumentError(
            Fault(f"is {version[:40]!r}.", "Write the version of the data, such as 1.0.0.", path)
        )
    return version


def _mentions(documents: Mapping[str, tuple[Document, Path]]) -> bool:
    """Whether any span names an entity."""
    return any(getattr(s, "entity", None) for d, _ in documents.values() for s in d.spans)


def entity_faults(
    document: Document, entities: Mapping[str, Entity], path: Path | None = None
) -> Iterator[Fault]:
    """Entity keys that the table lacks, each with the nearest ones it has."""
    for span in document.spans:
        key = getattr(span, "entity", None)
        if key is not None and key not in entities:
            near = get_close_matches(key, entities, n=2, cutoff=0.6)
            remedy = f"Did you mean {' or '.join(near)}?" if near else "Add it to the table."
            yield Fault(f"unknown entity {key!r}.", remedy, path, document.article.id, span.id)


def _try(faults: list[Fault], read: Any, path: Path) -> Any:
    """The result of a reader, or None with its faults noted."""
    try:
        return read(path)
    except NewspanError as error:
        faults += error.faults
        return None


def _articles(folder: Path, faults: list[Fault]) -> tuple[dict[str, Article], set[str]]:
    """The articles by id, and the names of the files that could not be read."""
    found: dict[str, Article] = {}
    unread = set()
    for path in source_files(folder):
        article = _try(faults, read_article, path)
        if article is None:
            unread.add(path.stem)
            continue
        if article.id != path.stem:
            faults.append(
                Fault(f"the file is named {path.name}.", "Name it after the id.", path, article.id)
            )
        if article.id in found:
            faults.append(Fault("two files have this id.", "Keep one.", path, article.id))
        found[article.id] = article
    return dict(sorted(found.items())), unread


def _documents(
    files: Iterable[Path], articles: Mapping[str, Article], faults: list[Fault]
) -> dict[str, tuple[Document, Path]]:
    found: dict[str, tuple[Document, Path]] = {}
    for path in files:
        try:
            tasks = tasks_of(read_json(path), path)
            faults += _changed_texts(tasks, articles, path)
            for document in decode(tasks, articles, path):
                name = document.article.id
                if name in found or name != path.stem:
                    faults.append(
                        Fault("is not what the file is named for.", "One file an article.", path,
                              name)
                    )  # fmt: skip
                found[name] = document, path
        except NewspanError as error:
            faults += [f for f in error.faults if f not in faults]
    return found


def _changed_texts(
    tasks: Iterable[Mapping[str, Any]], articles: Mapping[str, Article], path: Path
) -> Iterator[Fault]:
    """Annotation of a text that has changed since, with the first span that breaks."""
    for task in tasks:
        data = task["data"]
        name = data.get("article_id")
        article = articles.get(name)
        if article is None:
            yield Fault("annotates an article that is not there.", "Remove it.", path, str(name))
        elif article.text is not None and data.get("text") not in (None, article.text):
            old, new = str(data["text"]), article.text
            first = _first_broken(task, old, new)
            yield Fault(
                "the text was changed after it was annotated"
                + (f": {first[1]} there is now {first[2]}." if first else ", outside every span."),
                "Restore the text, or mark the article again.",
                path,
                article.id,
                first[0] if first else None,
            )


def _first_broken(task: Mapping[str, Any], old: str, new: str) -> tuple[str, str, str] | None:
    """(region, words before, words now) of the first span whose words are not the same."""
    regions = sorted(
        (value["start"], value["end"], str(result.get("id")))
        for version in task.get("annotations") or ()
        for result in version.get("result") or ()
        if isinstance(result, dict)
        and isinstance(value := result.get("value"), dict)
        and type(value.get("start")) is int
        and type(value.get("end")) is int
    )
    for start, end, region in regions:
        if old[start:end] != new[start:end]:
            return region, repr(old[start:end][:60]), repr(new[start:end][:60])
    return None
