"""Pipes, links that lead nowhere and folders where a file should be: said, never waited for."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newspan.corpus.layout import INDEX
from newspan.errors import NewspanError
from newspan.formats import read, write
from newspan.validation import validate
from newspan.validation.settings import NAME
from validation.small_corpus import write_index

KINDS: dict[str, Callable[[Path], Any]] = {
    "pipe": os.mkfifo,
    "link": lambda path: path.symlink_to(path.with_name("nowhere")),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": Path.mkdir,
}
every_kind = pytest.mark.parametrize("put", KINDS.values(), ids=KINDS)


@pytest.fixture(autouse=True)
def not_forever() -> Iterator[None]:
    """A read that waits for a writer is broken off."""

    def give_up(*_: object) -> None:
        raise TimeoutError("something waits for a pipe")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(120)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@every_kind
@pytest.mark.parametrize("listed", [False, True])
def test_a_table_that_is_no_file_is_a_finding(
    corpus: Path, put: Callable[[Path], Any], listed: bool
) -> None:
    path = corpus / "spans" / "test.parquet"
    path.unlink()
    put(path)
    if not listed:
        write_index(corpus, {})
    report = validate(corpus)
    (finding,) = (o for o in report.findings if o.check.code == "F01")
    assert finding.rows[0]["path"] == "spans/test.parquet"
    assert report.exit_code() == 1


@every_kind
def test_an_index_that_is_no_file_is_a_finding(corpus: Path, put: Callable[[Path], Any]) -> None:
    (corpus / INDEX).unlink()
    put(corpus / INDEX)
    report = validate(corpus)
    assert [o.rows[0]["path"] for o in report.findings if o.check.code == "F01"] == [INDEX]


@every_kind
@pytest.mark.parametrize("name", [NAME, "mine.json"])
def test_settings_that_are_no_file_are_refused(
    corpus: Path, put: Callable[[Path], Any], name: str
) -> None:
    if name != NAME:
        (corpus / NAME).write_text('[suites]\nextra = ["mine.json"]\n', encoding="utf-8")
    put(corpus / name)
    with pytest.raises(NewspanError) as error:
        validate(corpus)
    assert name in str(error.value)


@every_kind
@pytest.mark.parametrize("name", ["more.jsonl", "entities.yaml"])
def test_documents_that_are_no_file_are_refused(
    clean: Path, tmp_path: Path, put: Callable[[Path], Any], name: str
) -> None:
    write(read(clean), tmp_path / "documents.jsonl")
    put(tmp_path / name)
    with pytest.raises(NewspanError, match=name):
        validate(tmp_path)


@pytest.mark.parametrize("put", [KINDS["pipe"], KINDS["device"]], ids=["pipe", "device"])
@pytest.mark.parametrize("name", ["export.json", "documents.jsonl"])
def test_what_is_given_must_be_a_file(
    tmp_path: Path, put: Callable[[Path], Any], name: str
) -> None:
    put(tmp_path / name)
    with pytest.raises(NewspanError, match="is no regular file"):
        validate(tmp_path / name)


def test_links_to_files_are_followed(clean: Path, tmp_path: Path) -> None:
    for path in clean.rglob("*.*"):
        link = tmp_path / path.relative_to(clean)
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(path)
    (tmp_path / "spans" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert validate(tmp_path).codes == frozenset()
