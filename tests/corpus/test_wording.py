"""Varied wording is told from a mould, each measured over as much text as the other."""

from __future__ import annotations

import msgspec
import pytest

from newspan.corpus.wording import MEASURES, compare_wording
from newspan.errors import NewspanError
from newspan.formats.bare import bare_article
from newspan.formats.marks import Annotator, decode
from newspan.schema.model import Document


def report(number: int, origin: str, text: str, cue: str) -> Document:
    article = bare_article(f"{origin}-{number}", f"PORTO — {text} it {cue}.")
    article = msgspec.structs.replace(article, origin=origin)
    marks = f"l1 location `PORTO` kind=city dateline unresolved\nc1 cue `{cue}`"
    return decode(marks, article, Annotator("a", "model"))


def varied(origin: str) -> list[Document]:
    verbs = ["said", "told", "wrote", "added", "noted", "asked", "denied", "warned"]
    return [
        report(n, origin, " ".join(f"w{n}x{k}" for k in range(40)), verb)
        for n, verb in enumerate(verbs)
    ]


def moulded(origin: str) -> list[Document]:
    same = " ".join(f"same{k}" for k in range(20))
    return [
        report(n, origin, f"{same} {' '.join(f'v{n}y{k}' for k in range(20))}", "said")
        for n in range(8)
    ]


def test_a_mould_is_less_varied_by_every_measure() -> None:
    found = compare_wording([*moulded("invented"), *varied("wikinews")])
    assert [c.measure for c in found] == list(MEASURES)
    assert all(c.worse for c in found)
    grams, openings, commonest, different = (c.value for c in found)
    assert 0.3 < grams < 0.5
    assert (openings, commonest) == (1.0, 1.0)
    assert different == pytest.approx(1 / 4)


def test_texts_as_varied_as_the_news_are_not_worse() -> None:
    found = compare_wording([*varied("invented"), *varied("wikinews")])
    assert [(c.value, c.real, c.worse) for c in found] == [
        (0.0, 0.0, False), (0.0, 0.0, False), (0.25, 0.25, False), (1.0, 1.0, False),
    ]  # fmt: skip


def test_more_text_is_not_measured_as_more_repetition() -> None:
    few = varied("wikinews")[:4]
    assert {c.size for c in compare_wording([*varied("invented"), *few])} == {2, 78}


def test_without_real_texts_it_says_how_to_get_them() -> None:
    with pytest.raises(NewspanError, match=r"no articles of origin wikinews.*hydrate"):
        compare_wording(varied("invented"))
    with pytest.raises(NewspanError, match=r"no articles of other origin"):
        compare_wording(varied("wikinews"))
