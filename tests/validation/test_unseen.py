"""What no check can see, a build sees: it makes the tables from their sources again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from newspan.corpus.build import build, stale
from newspan.formats.parquet_files import content_digest, read_table
from validation.faults import FAULTS, INVALID, Fault
from validation.small_checkout import write_checkout
from validation.small_corpus import Corpus

UNSEEN = json.loads((INVALID / "unseen.json").read_text(encoding="utf-8"))
NAMES = [entry["name"] for entry in UNSEEN]


class Checkout(NamedTuple):
    """A checkout whose tables can be put back to what was built."""

    root: Path
    built: dict[str, bytes]

    @property
    def tables(self) -> Path:
        return self.root / "corpus" / "tables"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    root = tmp_path_factory.mktemp("checkout")
    write_checkout(root)
    made = Checkout(root, build(root).files)
    assert stale(root) == []
    return made


def test_what_no_check_sees_is_listed_with_a_reason() -> None:
    assert sorted(NAMES) == [fault.name for fault in FAULTS if not fault.expected]
    assert len(set(NAMES)) == len(NAMES)
    for entry in UNSEEN:
        assert set(entry) == {"name", "why", "seen_by"}
        assert entry["why"].endswith(".") and entry["seen_by"].endswith(".")


def test_the_small_corpus_is_one_that_a_build_makes(checkout: Checkout, clean: Path) -> None:
    digests = {
        folder: {
            path.relative_to(folder).as_posix(): content_digest(read_table(path))
            for path in folder.glob("*/*.parquet")
        }
        for folder in (checkout.tables, clean)
    }
    assert digests[checkout.tables] == digests[clean]


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.name in NAMES], ids=str)
def test_a_build_sees_a_hand_edit(
    fault: Fault, checkout: Checkout, clean: Path, tmp_path: Path
) -> None:
    fault.write(Corpus(), tmp_path)
    edits = _differences(clean, tmp_path)
    assert edits
    _edit(checkout, edits)
    changed = {f"corpus/tables/{name}" for name in edits}
    assert {*stale(checkout.root)} == {*changed, "corpus/tables/index.json"}


def _differences(clean: Path, broken: Path) -> dict[str, bytes | None]:
    """File to its bytes where a fault changed them, None where it took the file away."""
    names = {p.relative_to(d).as_posix() for d in (clean, broken) for p in d.glob("*/*.parquet")}
    found: dict[str, bytes | None] = {}
    for name in sorted(names):
        new, old = broken / name, clean / name
        data = new.read_bytes() if new.is_file() else None
        if data != (old.read_bytes() if old.is_file() else None):
            found[name] = data
    return found


def _edit(checkout: Checkout, edits: Mapping[str, bytes | None]) -> None:
    """Edit built tables as a careful hand would: the index agrees with every file."""
    index = json.loads(checkout.built["index.json"])
    for name, data in {**checkout.built, **edits}.items():
        path = checkout.tables / name
        path.parent.mkdir(exist_ok=True)
        if data is None:
            path.unlink()
            del index["files"][name]
            continue
        path.write_bytes(data)
        if name in edits:
            table = read_table(path)
            index["files"][name] = {
                "rows": table.num_rows, "content_sha256": content_digest(table),
                "sha256": hashlib.sha256(data).hexdigest(),
            }  # fmt: skip
    digests = "".join(entry["content_sha256"] for entry in index["files"].values())
    index["digest"] = hashlib.sha256(digests.encode()).hexdigest()
    text = msgspec.json.format(msgspec.json.encode(index), indent=1) + b"\n"
    (checkout.tables / "index.json").write_bytes(text)
