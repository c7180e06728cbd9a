"""Writing what is derived from the model, the checks and the tables; or saying it is stale."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from newspan.corpus.card import CONFIGS, table_schema, update_card
from newspan.corpus.claims import claims_table, questions
from newspan.corpus.counts import counts_markdown
from newspan.corpus.layout import INDEX, PHENOMENA, TABLES
from newspan.corpus.load import load
from newspan.corpus.phenomena import Entry, index, index_csv
from newspan.corpus.phenomena import counts_markdown as phenomena_markdown
from newspan.errors import Fault, NewspanError
from newspan.files import read_json, read_text, write_atomically
from newspan.schema.fields import attributes
from newspan.schema.json_schema import json_schemas
from newspan.schema.labelling import label_config, layers_json
from newspan.schema.model import LAYERS, RELATIONS
from newspan.validation import checks_markdown

if TYPE_CHECKING:
    from newspan.annotations.compare.comparison import Comparison

__all__ = ["derive", "stale"]

_BLOCK = re.compile(
    r"(?P<open><!-- derived: (?P<name>[a-z-]+) -->\n).*?(?P<close><!-- end derived -->)", re.DOTALL
)
_DOCUMENTS = ("DATASHEET.md", "README.md", "annotations/passes/README.md")


class _Made:
    """What several derived files are made of, each made once and only when asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def entries(self) -> list[Entry]:
        """The index of phenomena."""
        return index(load(self.root).documents(), questions(claims_table(self.root)))

    @cached_property
    def compared(self) -> Comparison:
        """The two passes of the corpus."""
        from newspan.annotations.compare.sheet import compared_passes

        return compared_passes(self.root)


def derive(root: Path) -> list[str]:
    """Write every derived file whose content has changed; their paths below `root`."""
    changed = []
    for name, content in _outputs(root):
        if not _same(root / name, content):
            write_atomically(root / name, content)
            changed.append(name)
    index = root / "corpus" / TABLES / INDEX
    if index.is_file() and update_card(root, read_json(index)):
        changed.append("README.md")
    return sorted(set(changed))


def stale(root: Path) -> list[str]:
    """Derived files that `derive` would change, as paths below `root`."""
    changed = [name for name, content in _outputs(root) if not _same(root / name, content)]
    index = root / "corpus" / TABLES / INDEX
    if index.is_file() and update_card(root, read_json(index), write=False):
        changed.append("README.md")
    return sorted(set(changed))


def _same(path: Path, content: str) -> bool:
    return path.is_file() and path.read_bytes() == content.encode("utf-8")


def _outputs(root: Path) -> Iterator[tuple[str, str]]:
    """(path below root, content) of every derived file."""
    made = _Made(root)
    for name, schema in json_schemas().items():
        yield f"schema/{name}.schema.json", _json(schema)
    yield "schema/layers.json", _json(layers_json())
    yield "schema/tables.json", _json({table: _columns(table_schema(table)) for table in CONFIGS})
    yield "annotations/label_config.xml", label_config()
    yield "validation/checks.md", checks_markdown()
    if (root / "corpus" / TABLES / INDEX).is_file():
        yield f"corpus/{PHENOMENA}", index_csv(made.entries)
    for name in _DOCUMENTS:
        path = root / name
        if path.is_file() and path.stat().st_size:
            yield name, _fill(read_text(path), made, path)


def _fill(text: str, made: _Made, path: Path) -> str:
    """The document with each derived block filled anew."""

    def block(match: re.Match[str]) -> str:
        maker = _BLOCKS.get(match["name"])
        if maker is None:
            raise NewspanError(
                Fault(
                    f"no derived block {match['name']!r}.",
                    f"There are: {', '.join(_BLOCKS)}.",
                    path,
                )
            )
        return f"{match['open']}{maker(made)}{match['close']}"

    return _BLOCK.sub(block, text)


def _dictionary(_: _Made) -> str:
    """The data dictionary: every column of every table, then attributes and relations."""
    parts = []
    for table in CONFIGS:
        parts += [f"#### `{table}`\n", "| column | type | meaning |", "|---|---|---|"]
        for row in _columns(table_schema(table)):
            parts.append(
                f"| `{row['name']}` | {_cell(row['type'])} | {_cell(row['description'])} |"
            )
        parts.append("")
    parts += ["#### Attributes of the layers\n", "| layer | attribute | values | meaning |",
              "|---|---|---|---|"]  # fmt: skip
    for layer in LAYERS:
        for field in attributes(layer):
            values = ", ".join(field.values) or ("yes or no" if field.base is bool else "text")
            star = " (required)" if field.required else ""
            parts.append(
                f"| {layer} | `{field.name}`{star} | {values} | {_cell(field.description)} |"
            )
    parts += ["", "#### Relations\n", "| type | from | to | meaning |", "|---|---|---|---|"]
    for kind, rule in RELATIONS.items():
        ends = ", ".join(sorted(rule.heads)), ", ".join(sorted(rule.tails))
        parts.append(f"| `{kind}` | {ends[0]} | {ends[1]} | {rule.meaning} |")
    return "\n".join([*parts, ""])


def _columns(schema: pa.Schema) -> list[dict[str, str]]:
    return [
        {
            "name": field.name,
            "type": _type_name(field.type),
            "description": (field.metadata or {}).get(b"description", b"").decode(),
        }
        for field in schema
    ]


def _type_name(kind: pa.DataType) -> str:
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'{f.name}: {_type_name(f.type)}' for f in kind)}>"
    if pa.types.is_list(kind):
        return f"list<{_type_name(kind.value_type)}>"
    return str(kind)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _json(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode() + "\n"


def _agreement(made: _Made) -> str:
    from newspan.annotations.compare.sheet import agreement_table

    return agreement_table(made.compared)


def _agreement_in_full(made: _Made) -> str:
    from newspan.annotations.compare.sheet import agreement_markdown

    return agreement_markdown(made.compared)


_BLOCKS: dict[str, Callable[[_Made], str]] = {
    "dictionary": _dictionary,
    "counts": lambda made: counts_markdown(made.root),
    "agreement": _agreement,
    "agreement-in-full": _agreement_in_full,
    "phenomena": lambda made: phenomena_markdown(made.entries),
}
