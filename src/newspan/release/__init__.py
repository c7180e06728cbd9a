"""A corpus made ready for others: a folder for the Hub, with card, Croissant and digests."""

from newspan.release.folder import SUMS, Release, release
from newspan.release.proof import prove

__all__ = ["SUMS", "Release", "prove", "release"]
