"""How far a project is: by article and annotator, and what has changed under their hands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from newspan.annotations.studio.client import Studio
from newspan.annotations.studio.incoming import is_finished, maker
from newspan.annotations.studio.listing import emails
from newspan.annotations.studio.project import Project
from newspan.annotations.studio.regionsums import region_sums
from newspan.annotations.studio.snapshot import snapshot
from newspan.annotations.studio.tasks import record_of
from newspan.errors import NewspanError, printable
from newspan.schema.model import Article
from newspan.text import fingerprint

__all__ = ["STATES", "Row", "Status", "status"]

STATES = ("not begun", "draft", "submitted", "skipped")
"""What one annotator has done with one article; the first that fits, from the right."""
_SHOWN = 80


class Row(NamedTuple):
    """An article, as it stands."""

    article: str
    annotators: dict[str, str]
    """Annotator to state. One who has only opened a submitted annotation again is at `draft`."""
    flags: tuple[str, ...]
    """`disagreement`, `text changed`, `configuration changed`, `not in the corpus`, `two tasks`."""


class Status(NamedTuple):
    """How far a project is."""

    project: str
    annotators: tuple[str, ...]
    rows: tuple[Row, ...]
    configuration: tuple[str, ...]
    """What in the project's configuration would lose annotations; nothing where it is ours."""

    def counts(self) -> dict[str, dict[str, int]]:
        """Annotator to state to number of articles."""
        found = {who: Counter(r.annotators[who] for r in self.rows) for who in self.annotators}
        return {who: {s: counted[s] for s in STATES} for who, counted in found.items()}

    def builtins(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "project": self.project,
            "configuration": list(self.configuration),
            "annotators": self.counts(),
            "articles": [
                {"article": r.article, "annotators": r.annotators, "flags": list(r.flags)}
                for r in self.rows
            ],
        }

    def __str__(self) -> str:
        return printable("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        yield f"{self.project}: {len(self.rows)} articles"
        for line in self.configuration:
            yield f"configuration: {line}"
        for who, counted in self.counts().items():
            said = ", ".join(f"{number} {state}" for state, number in counted.items() if number)
            yield f"{who}: {said}"
        width = max((len(row.article) for row in self.rows), default=0)
        for row in self.rows:
            states = [f"{who} {s}" for who, s in row.annotators.items() if s != STATES[0]]
            yield f"  {row.article:{width}}  {', '.join([*states, *row.flags]) or STATES[0]}"


def status(studio: Studio, project: Project, articles: Mapping[str, Article]) -> Status:
    """Who has done what in a project, held against the articles of the corpus.

    Raises NewspanError where the server fails.
    """
    people = emails(studio)
    with snapshot(studio, project) as tasks:
        found = [_seen(t, project, articles, people) for t in tasks if isinstance(t, dict)]
    annotators = sorted({who for row in found for who in row.annotators})
    twice = Counter(row.article for row in found)
    rows = [
        Row(
            row.article,
            {who: row.annotators.get(who, STATES[0]) for who in annotators},
            row.flags if twice[row.article] == 1 else (*row.flags, "two tasks"),
        )
        for row in sorted(found, key=lambda row: row.article)
    ]
    faults = tuple(fault.message for fault in project.faults)
    return Status(project.title, tuple(annotators), tuple(rows), faults)


def _seen(
    task: Mapping[str, Any],
    project: Project,
    articles: Mapping[str, Article],
    emails_of: Mapping[int, str],
) -> Row:
    data = task.get("data")
    data = data if isinstance(data, dict) else {}
    name = data.get("article_id")
    article = articles.get(name) if isinstance(name, str) else None
    annotations, drafts = (
        [v for v in found if isinstance(v, dict)] if isinstance(found, list) else []
        for found in (task.get("annotations"), task.get("drafts"))
    )
    people = [_by_saver(a, emails_of) for a in annotations if not _is_import(a)]
    flags = []
    if article is None:
        flags.append("not in the corpus")
    elif _changed(data.get("text"), article):
        flags.append("text changed")
    record = record_of(task)
    if project.faults or (record is not None and record.config != project.config):
        flags.append("configuration changed")
    if _differ([a for a in annotations if is_finished(a)]):
        flags.append("disagreement")
    return Row(str(name)[:_SHOWN], _states(people, drafts), tuple(flags))


def _is_import(annotation: Mapping[str, Any]) -> bool:
    """Whether an annotation is as it was pushed: nobody has saved it since."""
    return annotation.get("import_id") is not None and annotation.get("updated_by") is None


def _by_saver(annotation: Mapping[str, Any], emails_of: Mapping[int, str]) -> Mapping[str, Any]:
    """What was pushed is the work of who saved it last, not of who pushed it."""
    number = annotation.get("updated_by")
    if annotation.get("import_id") is None or type(number) is not int or number not in emails_of:
        return annotation
    return {**annotation, "completed_by": {"email": emails_of[number]}}


def _states(
    annotations: Iterable[Mapping[str, Any]], drafts: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for annotation in annotations:
        who = maker(annotation)
        if found.get(who) != "submitted":
            found[who] = "submitted" if is_finished(annotation) else "skipped"
    for draft in drafts:
        found[maker(draft)] = "draft"
    return dict(sorted(found.items()))


def _changed(text: Any, article: Article) -> bool:
    try:
        return not isinstance(text, str) or fingerprint(text) != article.text_sha256
    except (UnicodeEncodeError, NewspanError):
        return True


def _differ(finished: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two finished annotations do not have the same spans, whatever their ids are."""
    said = [
        sorted(region_sums(results).values()) if isinstance(results, list) else None
        for results in (annotation.get("result") for annotation in finished)
    ]
    return any(one != said[0] for one in said[1:])
