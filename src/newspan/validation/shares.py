"""Whether a label is as frequent in one split as in the others.

A report has many spans of one event, so spans are no independent draws; stories are what is
put into splits, and as such they are counted here. The shares of a label in a split and in
the rest are compared by a test of two proportions whose variance comes from the stories.
"""

from __future__ import annotations

from newspan.schema.fields import attributes
from newspan.schema.model import LAYERS

__all__ = ["SHARES"]

FEWEST_STORIES = 20
"""Stories that a split and the rest must have: with fewer, chance cannot be told from drift."""
FEWEST_SPANS = 50
"""Spans with the label that there must be in all."""


def _counts() -> str:
    """SQL for rows (layer, field, story, split, value, x): spans of a story with each label."""
    enumerated = [
        (layer, field.name) for layer in LAYERS for field in attributes(layer) if field.values
    ]
    parts = [
        f"""select '{layer}' as layer, '{field}' as field, story, split,
          coalesce("{field}", 'none') as value, count(*) as x
        from {layer}s where split is not null group by story, split, "{field}" """
        for layer, field in enumerated
    ]
    parts.append(
        """select 'all' as layer, 'layer' as field, story, split, layer as value, count(*) as x
        from spans where split is not null group by story, split, layer"""
    )
    return " union all ".join(parts)


SHARES = f"""
    with counts as ({_counts()}),
    stories as (
      select layer, field, story, split, sum(x) as m from counts
      group by layer, field, story, split),
    splits as (
      select layer, field, split, count(*) as stories, sum(m) as m, sum(m * m) as mm
      from stories group by layer, field, split),
    used as (
      select c.layer, c.field, c.value, c.split, sum(c.x) as x, sum(c.x * c.x) as xx,
        sum(c.x * s.m) as xm
      from counts c join stories s on s.layer = c.layer and s.field = c.field
        and s.story = c.story and s.split = c.split
      group by c.layer, c.field, c.value, c.split),
    own as (
      select s.layer, s.field, v.value, s.split, s.stories, s.m, s.mm,
        coalesce(u.x, 0) as x, coalesce(u.xx, 0) as xx, coalesce(u.xm, 0) as xm
      from splits s
      join (select distinct layer, field, value from used) v
        on v.layer = s.layer and v.field = s.field
      left join used u on u.layer = s.layer and u.field = s.field and u.value = v.value
        and u.split = s.split),
    both_sides as (
      select o.*, sum(o.x) over label as all_x, sum(o.m) over label as all_m,
        sum(o.stories) over label - o.stories as rest_stories,
        sum(o.x) over label - o.x as rest_x, sum(o.m) over label - o.m as rest_m,
        sum(o.mm) over label - o.mm as rest_mm, sum(o.xx) over label - o.xx as rest_xx,
        sum(o.xm) over label - o.xm as rest_xm
      from own o window label as (partition by o.layer, o.field, o.value)),
    tested as (
      select *, all_x / all_m as p, x / m as share, rest_x / rest_m as rest_share
      from both_sides
      where stories >= {FEWEST_STORIES} and rest_stories >= {FEWEST_STORIES}
        and all_x >= {FEWEST_SPANS}),
    spread as (
      select *, sqrt((xx - 2 * p * xm + p * p * mm) / (m * m)
        + (rest_xx - 2 * p * rest_xm + p * p * rest_mm) / (rest_m * rest_m)) as deviation
      from tested)
    select layer, field, value, split, x as spans, m as of_spans, stories,
      round(share, 4) as share, round(rest_share, 4) as rest_share,
      abs(share - rest_share) as difference,
      case when deviation > 0 then abs(share - rest_share) / deviation else 0 end as deviations
    from spread order by layer, field, value, split"""
"""SQL for the view `shares`: one row a label and split, where there is enough to compare."""
