"""In one split every quote is said to be denied."""

from validation.small_corpus import Corpus


def corrupt(corpus: Corpus) -> None:
    stories = [
        (split, f"crane-{split}-{n}") for split in ("train", "validation") for n in range(25)
    ]
    for n, (split, story) in enumerate(stories):
        key = f"wn-{1001 + n}"
        corpus.copy_article("wn-9001", key, story=story, text_sha256=f"{n:064x}",
                            paragraph_sha256=[f"{100 + n:064x}"])  # fmt: skip
        corpus.resplit(key, split)
        corpus.span(f"{key}/n1")["number"]["figure"] = f"{story}-hurt"
        if split == "train":
            for region in ("q1", "q2"):
                corpus.span(f"{key}/{region}")["quote"]["polarity"] = "denied"
