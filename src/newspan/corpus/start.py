"""A new corpus: a checkout with everything in its place and one example, to begin from."""

from __future__ import annotations

from pathlib import Path

import msgspec

from newspan.corpus.sources import read_article
from newspan.errors import Fault, NewspanError
from newspan.files import read_text, write_atomically
from newspan.formats.label_studio import encode
from newspan.formats.marks import Annotator, decode
from newspan.schema.labelling import label_config
from newspan.schema.model import ADJUDICATED
from newspan.swap import replace_folder

__all__ = ["start_corpus"]

_TEMPLATES = Path(__file__).resolve().parents[1] / "_templates" / "corpus"
_DOT = "dot-"
"""How a name begins in the templates that begins with a dot in a corpus."""
_EXAMPLE = "inv-0001"


def start_corpus(folder: Path) -> list[str]:
    """Make a new corpus in a folder that is not there or is empty; the files made in it.

    Raises NewspanError, with nothing changed, where the folder holds anything.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NewspanError(Fault("is no folder.", "Name a new folder.", folder))
    if folder.is_dir() and any(folder.iterdir()):
        raise NewspanError(Fault("is not empty.", "Name a new folder.", folder))
    files = _files()
    if folder.exists():
        for name, content in files.items():  # in place: somebody's shell may stand in it
            write_atomically(folder / name, content)
    else:
        replace_folder(folder, files)
    return sorted(files)


def _files() -> dict[str, bytes]:
    """Path in a corpus to content: the templates, and what the model and the marks make."""
    files = {}
    for path in sorted(_TEMPLATES.rglob("*")):
        if path.is_file() and path.suffix != ".marks":
            parts = path.relative_to(_TEMPLATES).parts
            files["/".join(_named(part) for part in parts)] = path.read_bytes()
    files["annotations/label_config.xml"] = label_config().encode("utf-8")
    files[f"annotations/{ADJUDICATED}/{_EXAMPLE}.json"] = _example()
    return files


def _named(part: str) -> str:
    return f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part


def _example() -> bytes:
    """The annotation of the example, made of its marks."""
    (text,) = _TEMPLATES.glob(f"corpus/texts/**/{_EXAMPLE}.md")
    marks = _TEMPLATES / "annotations" / f"{_EXAMPLE}.marks"
    annotator = Annotator("newspan-model-1", "model", ADJUDICATED)
    document = decode(read_text(marks), read_article(text), annotator, marks)
    (task,) = encode([document], metadata=False)
    return msgspec.json.format(msgspec.json.encode(task), indent=1) + b"\n"
