"""Proposals for quotes, their cues and their sources."""

from newspan.annotations.propose.quotes.marks import Stretch, quoted_stretches
from newspan.annotations.propose.quotes.whole import QuoteDraft, Source, quote_draft

__all__ = ["QuoteDraft", "Source", "Stretch", "quote_draft", "quoted_stretches"]
