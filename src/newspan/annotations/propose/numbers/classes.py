"""What kind of thing a counted noun names."""

from __future__ import annotations

from itertools import pairwise

from newspan.annotations.propose.numbers.counting import Head
from newspan.annotations.propose.numbers.lexicon import lexicon, word_set

__all__ = ["class_of"]


def class_of(head: Head) -> str | None:
    """The kind of thing that is counted, where the lists know the noun."""
    classes = lexicon("classes")
    noun = head.noun.lemma_.lower()
    before = [head.first.doc[k].lower_ for k in range(head.first.i, head.noun.i)]
    before += [" ".join(pair) for pair in pairwise(before)]
    word = head.noun.lower_
    # Lemmas of plurals are not always right: "doses" may be given as "dos".
    forms = {noun, word, word.removesuffix("s"), word.removesuffix("es")}
    found = next((n for n in _CLASSES if not forms.isdisjoint(word_set("classes", n))), None)
    if found is None:
        found = _person_by_ending(noun) or _people_by_name(head)
    second = head.last.lemma_.lower() if head.last.i != head.noun.i else ""
    if found == "person" and second in word_set("classes", "soldier"):
        return "soldier"
    for name, words in classes["by_premodifier"].items():
        if (
            found in (None, "person", "item")
            and not set(words).isdisjoint(before)
            and _person_or_thing(name, found)
        ):
            return str(name)
    return found


_CLASSES = (
    "person", "soldier", "child", "animal", "vehicle", "aircraft", "vessel", "missile", "drone",
    "weapon", "building", "place", "event", "vote", "item", "other",
)  # fmt: skip


def _person_or_thing(name: str, found: str | None) -> bool:
    return found == "person" if name in ("soldier", "child") else True


def _person_by_ending(noun: str) -> str | None:
    classes = lexicon("classes")
    if noun.endswith(tuple(classes["person_endings"])) and len(noun) > 5:
        return "person"
    if noun.endswith(tuple(classes["er_person"])) and len(noun) > 5:
        return None if noun in word_set("classes", "er_things") else "person"
    return None


def _people_by_name(head: Head) -> str | None:
    """Palestinians, Democrats: names in the plural that end as those of peoples do."""
    word = head.noun.lower_
    if head.noun.tag_ not in ("NNPS", "NNP", "NNS") or not head.noun.text[:1].isupper():
        return None
    return "person" if word.endswith(("ans", "is", "ese", "crats", "ists", "ites")) else None
