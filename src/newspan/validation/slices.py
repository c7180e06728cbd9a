"""Spans beside their articles: every fragment cut out of the text again, once for all checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from newspan.schema.arrow import layer_structs
from newspan.schema.model import FRAGMENT_JOINT
from newspan.validation.gate import FILE_SPLIT

if TYPE_CHECKING:
    import polars as pl

__all__ = ["FACTS", "fragment_frame", "layer_frame", "part_layers", "span_frame"]

_ALNUM = r"[\p{L}\p{N}]"


FACTS = ("n_chars", "story", "split", "origin", "has_text", "article_found")
"""Columns that a fragment has from its article."""


def fragment_frame(spans: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """One row a fragment, in the order of the spans: row and id of its span, position, start,
    end, FACTS of the article. A span without fragments has one row without offsets.

    Besides, `found` is the slice of the article, null where it has no text; `trimmed` says
    that white space stands at an edge, `cut` that an edge falls between letters or digits.
    """
    import polars as pl

    facts = articles.select(
        "text", "n_chars", "story", "split", "origin", article_id="id",
        has_text=pl.col("text").is_not_null(), article_found=pl.lit(True),
    ).unique("article_id", keep="first")  # fmt: skip
    exploded = (
        spans.lazy()
        .with_row_index("row")
        .select("row", "id", "article_id", "layer", "fragments")
        .explode("fragments", empty_as_null=True)
        .with_columns(pl.col("fragments").struct.unnest())
        .drop("fragments")
        .with_columns(position=pl.int_range(pl.len()).over("row"))
        .join(facts.lazy(), on="article_id", how="left", maintain_order="left")
    )
    # One pass over the text a fragment: its slice with a character to either side.
    start = pl.col("start").clip(0)
    length = (pl.col("end") - start).clip(0)
    lead = (start > 0).cast(pl.Int32)
    framed = exploded.with_columns(
        framed=pl.col("text").str.slice(start - lead, length + lead + 1)
    ).with_columns(
        found=pl.when(start > 0)
        .then(pl.col("framed").str.slice(1, length))
        .otherwise(pl.col("framed").str.slice(0, length))
    )
    inner = pl.col("found").str.len_chars()
    followed = pl.col("framed").str.len_chars() > inner + lead
    return (
        framed.with_columns(
            trimmed=pl.col("found") != pl.col("found").str.strip_chars(),
            cut=((start > 0) & (inner > 0) & pl.col("framed").str.contains(f"^{_ALNUM}{{2}}"))
            | (followed & (inner > 0) & pl.col("framed").str.contains(f"{_ALNUM}{{2}}$")),
            article_found=pl.col("article_found").fill_null(False),
        )
        .drop("framed", "text")
        .collect()
    )


def span_frame(spans: pl.DataFrame, fragments: pl.DataFrame) -> pl.DataFrame:
    """The spans with `found` (the words in the article, fragments joined), FACTS of the
    article, `first_start`, `last_end` and `n_fragments`."""
    import polars as pl

    # Every span has a first fragment, in the same order, so nothing need be looked up.
    firsts = fragments.filter(pl.col("position") == 0)
    several = (
        fragments.lazy()
        .filter(pl.len().over("row") > 1)
        .group_by("row")
        .agg(
            joined=pl.col("found").str.join(FRAGMENT_JOINT, ignore_nulls=False),
            last_end=pl.col("end").last(),
        )
        .collect()
    )
    # A join of the spans themselves would copy every column of theirs.
    whole = firsts.select("row").join(several, on="row", how="left", maintain_order="left")
    n_fragments = spans["fragments"].list.len()
    return spans.drop("fragments").with_columns(
        *(firsts[name] for name in FACTS),
        pl.when(n_fragments > 1).then(whole["joined"]).otherwise(firsts["found"]).alias("found"),
        firsts["start"].alias("first_start"),
        whole["last_end"].fill_null(firsts["end"]),
        n_fragments.alias("n_fragments"),
    )


class Parted(NamedTuple):
    """The spans table taken apart: most of it is attributes that a span does not have."""

    spans: pl.DataFrame
    """The spans without attributes; `misfilled` names the attribute columns that are filled on
    another layer or empty on their own."""
    attributes: dict[str, pl.DataFrame]
    """Layer to the attributes of its spans, with `row`, their places in `spans`."""


def part_layers(table: pa.Table) -> Parted:
    """Take the attributes out of a spans table."""
    import polars as pl

    layers = [struct.name for struct in layer_structs()]
    misfilled = pa.nulls(table.num_rows, pa.string())
    attributes = {}
    for layer in layers:
        own, filled = pc.equal(table["layer"], layer), pc.is_valid(table[layer])
        wrong = pc.if_else(pc.xor(own, filled), layer, pa.scalar(None, pa.string()))
        if wrong.null_count < len(wrong):
            # Not with null_handling="skip": that loses the rows in which all are null.
            known, more = pc.fill_null(misfilled, ""), pc.fill_null(wrong, "")
            joined = pc.utf8_trim(pc.binary_join_element_wise(known, more, " "), " ")
            misfilled = pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)
        rows = pc.indices_nonzero(pc.and_(own, filled))
        chosen = table.select([layer]).take(rows)
        values = pa.table(
            [rows, *chosen[layer].combine_chunks().flatten()],
            names=["row", *(field.name for field in table.schema.field(layer).type)],
        )
        attributes[layer] = pl.DataFrame(pl.from_arrow(values))
    plain = table.drop_columns(layers).append_column("misfilled", misfilled)
    return Parted(pl.DataFrame(pl.from_arrow(plain)), attributes)


def layer_frame(
    spans: pl.DataFrame, attributes: pl.DataFrame, named_by: str = "id"
) -> pl.DataFrame:
    """The spans of one layer, its attributes as plain columns; those without any left out."""
    common = [
        "id", "article_id", "layer", "start", "end", "text", "n_fragments", "has_text",
        "story", "split", "origin", "derived_from", FILE_SPLIT,
    ]  # fmt: skip
    common += [named_by] if named_by not in common else []
    return spans.select(common)[attributes["row"]].hstack(attributes.drop("row"))
