"""The articles that tasks are held against: those of the corpus, or of what was pushed."""

from __future__ import annotations

from pathlib import Path

from newspan.corpus.sources import read_article, source_files
from newspan.formats import read
from newspan.schema.model import Article

__all__ = ["known_articles"]


def known_articles(source: Path) -> dict[str, Article]:
    """The articles of a corpus (its sources are read, not its tables), or of anything that
    `newspan.read` reads, by id. Raises NewspanError."""
    if (source / "corpus").is_dir():
        articles = (read_article(path) for path in source_files(source / "corpus"))
    else:
        articles = (document.article for document in read(source))
    return {article.id: article for article in articles}
