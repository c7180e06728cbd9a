"""Marks: annotation written by hand, by quoting the words instead of counting characters.

One line an item; `#` begins a comment line:

    a1 actor `Ana Duval`@p1  type=person title=Minister
    q1 quote `“We shall`..`see,”`@p2 + `in May.”`  form=direct speaker=named
    c1 cue `said`@p2.2
    q1 said_by a1
    note q1 "a remark"
    from n1 press-0001/n4

Words stand between backticks and match at word boundaries. `@p2` is the second paragraph,
`@p2.3` the third occurrence in it; without an anchor the words must occur once. `a`..`b`
runs from the first words to the next occurrence of the last. ` + ` joins fragments.
`[12:30]` gives code points where words will not do. A key alone means true.

Holds the spans and relations of one pass of one article, not scores.
"""

from newspan.formats.marks.decode import Annotator, decode
from newspan.formats.marks.encode import encode

__all__ = ["Annotator", "decode", "encode"]
