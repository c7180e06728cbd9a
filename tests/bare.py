"""Articles without annotation, to propose for."""

from __future__ import annotations

from datetime import UTC, datetime

from newspan.schema.model import Article
from newspan.text import fingerprint, normalize, paragraph_fingerprints

REPORT = (
    "SALTMERE, Karvonia — At least nine people were killed and 30 hurt on Friday, the coast guard "
    "said.\n\n“We counted eleven boats,” said Mayor Tessa Varn, “and two of them were ours.”\n\n"
    "The French foreign minister denied that Paris had sent 60 drones. According to Reuters, "
    "more than 200 people were taken to Saltmere hospital."
)


def article(text: str | None, name: str = "inv-9901", language: str = "en") -> Article:
    whole = normalize(text or "x")
    return Article(
        id=name, text=None if text is None else whole, text_sha256=fingerprint(whole),
        paragraph_sha256=paragraph_fingerprints(whole), n_chars=len(whole),
        normalization="newspan-1", language=language, published=datetime(2031, 3, 4, tzinfo=UTC),
        published_precision="day", author_kind="model", license="CC-BY-4.0", story="saltmere",
        origin="invented",
    )  # fmt: skip
