"""Articles that two annotations differ on, as Label Studio tasks that show both versions.

Each task holds two predictions, one a side: whoever adjudicates begins with a copy of either,
and submits the one annotation that counts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from newspan.annotations.compare.comparison import Comparison
from newspan.annotations.compare.differences import differences
from newspan.annotations.compare.passes import Pass
from newspan.corpus.find import with_words
from newspan.corpus.hydrate import PRIVATE
from newspan.corpus.sources import STANDOFF_ORIGINS
from newspan.errors import Fault, NewspanError
from newspan.formats.files_io import write_tasks
from newspan.formats.label_studio import encode
from newspan.schema.model import Document
from newspan.schema.tables import Tables, documents

__all__ = ["write_adjudication"]


def write_adjudication(found: Comparison, path: Path, hydrated: Path) -> tuple[int, list[str]]:
    """Write the tasks; how many there are, and the articles left out for want of their text.

    The text of a stand-off article comes from the folder `hydrated`. Raises NewspanError
    where such a text would land in a checkout, other than in the folder that git ignores.
    """
    unlike = list(dict.fromkeys(d.article for d in differences(found)))
    tasks, left = [], []
    versions = [_documents(side, unlike) for side in (found.a, found.b)]
    for name in unlike:
        own = [with_words(held[name], hydrated) for held in versions if name in held]
        article = own[0].article
        if article.text is None:
            left.append(name)
            continue
        if article.origin in STANDOFF_ORIGINS:
            _refuse_published(path)
        tasks.append(_task(own, (found.a, found.b)))
    write_tasks(tasks, path)
    return len(tasks), left


def _documents(side: Pass, articles: list[str]) -> dict[str, Document]:
    chosen = pa.array(articles, pa.string())
    held = Tables(
        side.tables.articles.filter(pc.is_in(side.tables.articles["id"], chosen)),
        *(t.filter(pc.is_in(t["article_id"], chosen)) for t in side.tables[1:]),
    )
    return {d.article.id: d for d in documents(held)}


def _task(versions: list[Document], sides: tuple[Pass, Pass]) -> dict[str, Any]:
    predictions = []
    task: dict[str, Any] = {}
    for letter, document, side in zip("AB", versions, sides, strict=False):
        (made,) = encode([document])
        task = task or made
        version = [*made["annotations"], *made["predictions"]][0]
        name = f"{letter}: {', '.join(side.names)}"
        kind = "human" if side.kinds == {"human"} else "model"
        predictions.append(
            {
                "model_version": name,
                "score": None,
                "result": version["result"],
                "newspan": {
                    "pass": letter.lower(), "annotator": name, "annotator_kind": kind,
                    "status": "prediction",
                },
            }
        )  # fmt: skip
    return {**task, "annotations": [], "predictions": predictions}


def _refuse_published(path: Path) -> None:
    place = path.resolve()
    for root in place.parents:
        if (root / "corpus").is_dir() and place.relative_to(root).parts[0] not in PRIVATE:
            raise NewspanError(
                Fault(
                    "is a published place; the texts of stand-off articles are their owners'.",
                    f"Use {root / PRIVATE[0]}, which git ignores, or a folder elsewhere.",
                    path,
                )
            )
