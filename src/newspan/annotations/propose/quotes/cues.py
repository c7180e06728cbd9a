"""Cues: the verb groups and the “according to” that may introduce a quote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newspan.annotations.propose.quotes.lexicon import Verb, reporting_verbs, words
from newspan.annotations.propose.quotes.shapes import SUBJECTS
from newspan.annotations.propose.tokens import tokens_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc, Token

__all__ = ["Cue", "cues_of"]

_BESIDE = frozenset({"aux", "auxpass", "neg"})
_NOBODY = frozenset({"no", "neither", "nobody", "none", "nothing"})
_FIRST_PERSON = frozenset({"i", "we"})


def _everywhere(_offset: int) -> int:
    return 0


@dataclass(eq=False, slots=True)
class Cue:
    """A cue with what may follow from it. `verb` is the token that governs the clause."""

    verb: Token
    first: int
    """Number of the first token of the group."""
    last: int
    """Number of the token after the group."""
    allows: frozenset[str]
    polarity: str = "asserted"
    passive: bool = False
    leader: Cue | None = None
    """The cue whose subject speaks here too: "said … and asked", "said …, adding"."""
    following: list[Cue] = field(default_factory=list)
    """The later cues of the same unit."""

    scope_at: Callable[[int], int] = _everywhere
    """The scope of an offset: a subject is one only in the scope of the verb."""

    body: int = 0
    """Where the prose begins, after a dateline."""

    def has_in_scope(self, token: Token) -> bool:
        """Whether the token is prose and stands in the same marks as the verb, or in none."""
        return bool(
            token.idx >= self.body and self.scope_at(token.idx) == self.scope_at(self.verb.idx)
        )

    @property
    def start(self) -> int:
        """Offset of the group."""
        return int(self.verb.doc[self.first].idx)

    @property
    def end(self) -> int:
        """Offset after the group."""
        token = self.verb.doc[self.last - 1]
        return int(token.idx + len(token))

    @property
    def is_according(self) -> bool:
        """Whether it is “according to”."""
        return self.verb.lower_ == "according"

    @property
    def is_quoted(self) -> bool:
        """Whether it is "saying" in "is quoted as saying"."""
        return bool(self.verb.dep_ == "pcomp" and self.verb.head.lower_ == "as")

    @property
    def finite_tag(self) -> str:
        """Tag of the finite word of the group, if it has one."""
        return str(self.verb.doc[self.first].tag_)

    @property
    def lemma(self) -> str:
        """Base form of the verb."""
        return str(self.verb.lemma_.lower())


def cues_of(doc: Doc) -> list[Cue]:
    """All that could be a cue, in the order of the text. Most find no content later."""
    cues = []
    for token in tokens_with(doc, "LEMMA", (*reporting_verbs(), "accord")):
        cue = _according(token) if token.lower_ == "according" else _verb(token)
        if cue is not None:
            cues.append(cue)
    return cues


def _according(token: Token) -> Cue | None:
    if token.i + 2 < len(token.doc) and token.nbor().lower_ == "to":
        return Cue(token, token.i, token.i + 2, frozenset({"aside", "marks"}))
    return None


def _verb(token: Token) -> Cue | None:
    verb = reporting_verbs().get(token.lemma_.lower())
    if verb is None or not token.tag_.startswith("VB") or token.dep_ in ("amod", "compound"):
        return None
    children = list(token.children)
    if any(child.dep_ in ("det", "poss") for child in children):
        return None
    passive = any(child.dep_ == "auxpass" for child in children)
    bare = token.tag_ == "VBN" and token.dep_ == "acl" and not passive
    if bare and not (_after_comma(token) or ("label" in verb.content and _has_agent(token))):
        return None
    passive = passive or (bare and _has_agent(token))
    if _was_asked(token, children):
        return None
    polarity = _polarity(token, verb, children)
    if polarity is None or _performs(token, children):
        return None
    first, last = _group(token, children)
    return Cue(token, first, last, _allowed(token, verb, passive, polarity), polarity, passive)


def _allowed(token: Token, verb: Verb, passive: bool, polarity: str) -> frozenset[str]:
    allowed = verb.content
    if passive:
        hidden = {"aside"} if verb.lemma in ("tell", "inform") else {"clause", "aside"}
        hidden |= set() if _has_agent(token) else {"label"}
        allowed = (verb.content - hidden) | verb.passive
    if _goes_with_preposition(token):
        allowed = allowed - {"label"}
    if polarity == "declined":
        allowed = (allowed & {"to"}) | {"wh"}
    return allowed


def _was_asked(token: Token, children: list[Token]) -> bool:
    """Whether it opens a sentence as in "Asked whether …, Varn said"."""
    alone = not any(child.dep_ in SUBJECTS or child.dep_ in _BESIDE for child in children)
    opens = token.is_sent_start or token.nbor(-1).lower_ in ("when", "if", "once")
    return alone and bool(opens) and token.tag_ in ("VBN", "VBD")


def _has_agent(token: Token) -> bool:
    return any(child.dep_ == "agent" for child in token.children)


def _goes_with_preposition(token: Token) -> bool:
    """Whether it is "called for" or "called on", which call nothing by a name."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    return following.lower_ in ("for", "on", "upon", "off", "in") and token.lemma_ == "call"


def _group(token: Token, children: list[Token]) -> tuple[int, int]:
    """The tokens from the first auxiliary or negation to the last particle."""
    beside = {child.i: child for child in children if child.dep_ in _BESIDE or _is_adverb(child)}
    first = number = token.i
    while (number := number - 1) in beside:
        child = beside[number]
        if child.dep_ in _BESIDE and child.lower_ != "to":
            first = number
    last = token.i + 1
    if last < len(token.doc):
        following = token.doc[last]
        if following.dep_ == "prt" and following.head == token:
            last += 1
    return first, last


def _is_adverb(child: Token) -> bool:
    return bool(child.dep_ == "advmod")


def _polarity(token: Token, verb: Verb, children: list[Token]) -> str | None:
    """How the content was meant; None where nothing was said."""
    helpers = {child.lemma_.lower() for child in children if child.dep_ in ("aux", "auxpass")}
    forms = {child.lower_ for child in children if child.dep_ == "aux"}
    modal = bool(forms & words("hypothetical_auxiliaries"))
    negated = any(child.dep_ == "neg" for child in children)
    if negated or _nobody(children):
        answers = modal and verb.lemma in words("answering")
        refuses = answers and forms & {"would", "will", "wo"}
        return "declined" if refuses and not _nobody(children) else None
    if verb.polarity != "asserted":
        return verb.polarity
    if modal and "have" not in helpers:
        return "hypothetical"
    if "to" in forms:
        if token.dep_ == "csubj":
            return None
        after = token.head.lemma_.lower()
        if after in words("unsaid_after"):
            return None
        if verb.lemma in ("say", "tell", "answer", "reply") and after not in words("said_after"):
            return "hypothetical"
    return "asserted"


def _after_comma(token: Token) -> bool:
    return bool(token.i > 0 and token.nbor(-1).text == ",")


def _nobody(children: list[Token]) -> bool:
    for child in children:
        if child.dep_ in SUBJECTS:
            if child.lower_ in _NOBODY:
                return True
            return any(one.lower_ in _NOBODY for one in child.children)
    return False


def _performs(token: Token, children: list[Token]) -> bool:
    """Whether it is a performative: "we urge", "I say" do what they name."""
    if token.tag_ not in ("VBP", "VB") or any(child.dep_ == "aux" for child in children):
        return False
    return any(c.dep_ == "nsubj" and c.lower_ in _FIRST_PERSON for c in children)
