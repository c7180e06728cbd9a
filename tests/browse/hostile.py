"""A document that means harm to a page that shows it."""

from __future__ import annotations

from datetime import UTC, datetime

from newspan.schema.invariants import check
from newspan.schema.model import Actor, Article, Document, Fragment, Number
from newspan.text import NORMALIZATION, fingerprint, paragraph_fingerprints

HARM = "</script><script>document.title='harm'</script><img src=x onerror=\"alert(1)\">'\"&amp;"
TURN = "\u202eturned round\u202c"
TEXT = (
    f"A 𝔸stral 👩‍🚒 line {HARM} ends.\n\n"
    f"Then {TURN} and שלום and " + "w" * 4000 + " seven <b>people</b> came.\n\n]]> --> {{x}}"
)


def hostile(name: str = "inv-9001") -> Document:
    article = Article(
        id=name, title=f"{HARM} {TURN}", text=TEXT, text_sha256=fingerprint(TEXT),
        paragraph_sha256=paragraph_fingerprints(TEXT), n_chars=len(TEXT),
        normalization=NORMALIZATION, language="en", published=datetime(2032, 1, 1, tzinfo=UTC),
        published_precision="day", publisher=HARM, byline=(HARM,), author_kind="model",
        license="CC-BY-4.0", story="constructor", origin="invented",
    )  # fmt: skip
    common = {"annotator": HARM, "annotator_kind": "human", "status": "pass", "note": HARM}
    seven, harm = TEXT.index("seven"), TEXT.index(HARM)
    spans = (
        Actor(id=f"{name}/p/a1", fragments=(Fragment(harm, harm + len(HARM)),), start=harm,
              end=harm + len(HARM), text=HARM, type="person", title=HARM, **common),
        Number(id=f"{name}/p/n1", fragments=(Fragment(seven, seven + 5),), start=seven,
               end=seven + 5, text="seven", kind="count", value="7", figure="to-string", **common),
    )  # fmt: skip
    return check(Document(article=article, spans=spans))
