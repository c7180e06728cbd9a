"""Comparing annotations: agreement of two, and the score of one against another."""

from newspan.annotations.compare.run import Report, agree, score

__all__ = ["Report", "agree", "score"]
