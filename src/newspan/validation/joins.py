"""Views that are made by joining others, in SQL.

Only `articles` and `near_duplicates` use what is DuckDB's own; the rules themselves do not.
"""

# the patterns put into the SQL stand in this module

from __future__ import annotations

from newspan.validation.gate import FILE_SPLIT
from newspan.validation.shares import SHARES

__all__ = ["SQL_VIEWS"]

_ODD = r"\x{fffd}|\x{200b}|\x{ad}|[\x{202a}-\x{202e}\x{2066}-\x{2069}]|â€|Ã[\x{80}-\x{bf}]"
"""Replacement characters, invisible ones, direction overrides, UTF-8 read as Latin."""
_MARKUP = (
    r"(<|</)(a|b|blockquote|br|div|em|figure|h[1-6]|i|iframe|img|li|ol|p|script|span|strong"
    r"|style|sub|sup|table|td|tr|u|ul)(\s[^<>]*|/|)>"
    r"|&(#\d+|#x[0-9a-f]+|amp|apos|gt|hellip|[lr][ds]quo|lt|[mn]dash|nbsp|quot);"
)
"""A tag or an entity of HTML, as they are left behind in words taken from a page."""
_LOOSE = (
    r"[\x00-\x08\t\x0b-\x1f\x7f-\x{9f}\x{2028}\x{2029}\x{feff}]|  |\n\n\n|^\n|\n$"
    r"|(^|\n)\p{Zs}|\p{Zs}(\n|$)"
)
"""What the normalisation of a text leaves no trace of, but for NFC."""

SQL_VIEWS: dict[str, str] = {
    "articles": rf"""
        select a.id, a.title is not null as has_title, a.text is not null as has_text,
          a.text_sha256, sha256(a.text) as found_sha256, a.n_chars,
          length(a.text) as found_chars, len(a.paragraph_sha256) as n_paragraphs,
          list_transform(string_split(a.text, chr(10) || chr(10)), lambda p: sha256(p))
            = a.paragraph_sha256 as paragraphs_match,
          a.text = nfc_normalize(a.text) and not regexp_matches(a.text, '{_LOOSE}') as normal,
          regexp_extract(concat_ws(chr(10), a.title, a.text), '{_ODD}') as odd,
          nullif(regexp_extract(concat_ws(chr(10), a.title, a.text), '{_MARKUP}', 0, 'i'), '')
            as markup,
          a.normalization, a.language,
          cast(a.published as varchar) as published, year(a.published) as year,
          a.published_precision, hour(a.published) * 60 + minute(a.published) as minute_of_day,
          a.publisher,
          regexp_replace(lower(a.publisher), '^the |[ .-]', '', 'g') as plain_publisher,
          a.author_kind, a.carrier is not null as has_carrier, a.license, a.story,
          a.split, a.origin, len(a.based_on) as n_based_on, a.canary, a.{FILE_SPLIT},
          coalesce(n.n_spans, 0) as n_spans, 1000.0 * n.n_spans / a.n_chars as spans_per_1000,
          n.last_end / a.n_chars as annotated_share, a.loose_mark
        from article_rows a
        left join (select article_id, count(*) as n_spans, max("end") as last_end
          from spans group by article_id) n
          on n.article_id = a.id""",
    "sources": """
        select r.id as article_id, r.story, r.source, s.id is not null as source_found,
          s.story as source_story, s.origin as source_origin
        from (select id, story, unnest(based_on) as source from article_rows) r
        left join articles s on s.id = r.source""",
    "crossings": """
        select a.id as id, b.id as other, a.layer, a.start, a."end",
          b.start as other_start, b."end" as other_end
        from fragments a join fragments b
          on a.article_id = b.article_id and a.layer = b.layer
          and split_part(a.id, '/', 2) = split_part(b.id, '/', 2) -- of one pass
          and a.start < b.start and b.start < a."end" and a."end" < b."end" """,
    "gaps": """
        select row, id, position, start, "end", next_start from (
          select row, id, position, start, "end", lead(start) over (
            partition by row order by position) as next_start
          from fragments where row in (select row from fragments where position > 0))""",
    "mentions": """
        select m.*, e.id is not null as entity_found, e.kind as entity_kind,
          e.type as entity_type, e.wikidata, e.geonames
        from (
          select id, layer, article_id, origin, type, metonymy, entity from actors
          union all by name
          select id, layer, article_id, origin, kind as type, null as metonymy, entity
          from locations) m
        left join (select * from entities qualify row_number() over (
            partition by id order by kind, type, wikidata, geonames) = 1) e
          on e.id = m.entity
        where m.entity is not null""",
    "derivations": """
        select s.id, s.layer, s.origin, s.derived_from, t.id is not null as source_found,
          t.layer as source_layer, coalesce(b.source is not null, false) as source_based_on,
          n.value_number, n.low_number, n.high_number, n.unit, n.kind,
          m.value_number as source_value, m.low_number as source_low,
          m.high_number as source_high, m.unit as source_unit, m.kind as source_kind
        from spans s
        left join spans t on t.id = s.derived_from
        left join sources b on b.article_id = s.article_id and b.source = t.article_id
        left join numbers n on n.id = s.id
        left join numbers m on m.id = s.derived_from
        where s.derived_from is not null
          or (s.origin = 'retold' and s.layer in ('number', 'quote'))""",
    "units": """
        select kind, unit, count(*) as numbers, min(id) as example
        from numbers where unit is not null group by kind, unit
        union all select 'per' as kind, per as unit, count(*) as numbers, min(id) as example
        from numbers where per is not null group by per
        order by kind, unit""",
    "figures": """
        select story, figure, count(*) as numbers,
          count(distinct case kind when 'ratio' then 'percent' else kind end) as kinds,
          count(distinct counted_class) as classes, count(distinct dimension) as dimensions,
          min(id) as example
        from numbers where figure is not null group by story, figure having count(*) > 1
        order by story, figure""",
    "stories": """
        select story, count(*) as articles, count(distinct coalesce(split, '')) as splits,
          count(distinct origin = 'invented') as worlds, min(id) as example
        from articles group by story order by story""",
    "distribution": """
        select p.split, l.layer, p.articles, count(s.id) as spans
        from (select split, count(*) as articles from articles where split is not null
          group by split) p
        cross join (select unnest(?) as layer) l
        left join spans s on s.split = p.split and s.layer = l.layer
        group by all order by p.split, l.layer""",
    "layer_counts": """
        select a.id, a.n_chars, l.layer, coalesce(s.n, 0) as spans
        from articles a cross join (select unnest(?) as layer) l
        left join (select article_id, layer, count(*) as n from spans
          group by article_id, layer) s on s.article_id = a.id and s.layer = l.layer""",
    "shares": SHARES,
    "near_duplicates": """
        with rare as (
          select piece from pieces group by piece having count(*) between 2 and 100),
        shared as (
          select a.article_id as id, b.article_id as other, count(*) as n
          from pieces a join pieces b on a.piece = b.piece and a.article_id < b.article_id
          where a.piece in (select piece from rare)
          group by a.article_id, b.article_id having count(*) >= 3),
        sizes as (select article_id, count(*) as n from pieces group by article_id)
        select s.id, s.other, s.n / (a.n + b.n - s.n) as jaccard, x.split, y.split as other_split,
          x.story, y.story as other_story
        from shared s join sizes a on a.article_id = s.id join sizes b on b.article_id = s.other
        join articles x on x.id = s.id join articles y on y.id = s.other
        where s.n / (a.n + b.n - s.n) >= 0.5""",
    "derived": """
        select f."table", f.split, f.rows,
          case f."table" when 'documents' then a.n when 'quotations' then q.n
            when 'places' then l.n end as expected,
          case f."table" when 'claims' then m.n end as at_most
        from files f
        left join (select split, count(*) as n from articles group by split) a
          on a.split = f.split
        left join (select split, count(*) as n from quotes group by split) q on q.split = f.split
        left join (select split, count(*) as n from locations group by split) l
          on l.split = f.split
        left join (select split, count(*) as n from numbers group by split) m
          on m.split = f.split
        where f."table" in ('documents', 'quotations', 'claims', 'places')
          and f.rows is not null""",
}
"""View to the SQL that makes it, in an order in which each finds what it needs."""
