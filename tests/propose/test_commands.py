"""The commands as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bare import REPORT, article
from newspan.formats import read, write
from newspan.schema.model import Document
from trees import copy_tree
from typed import Run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    write([Document(article=article(REPORT, f"inv-990{n}")) for n in (1, 2)], path)
    return path


@pytest.mark.parametrize("name", ["proposals.jsonl", "proposals.json", "proposals"])
def test_proposals_go_into_every_format(run: Run, articles: Path, name: str) -> None:
    target = articles.with_name(name)
    how = ["--to", "parquet"] if name == "proposals" else []
    code, out, err = run("preannotate", articles, target, *how)
    assert (code, err) == (0, "")
    assert out.startswith("2 articles: ")
    made = list(read(target))
    assert [d.article.id for d in made] == ["inv-9901", "inv-9902"]
    assert all(s.status == "prediction" for d in made for s in d.spans)
    if name.endswith(".json"):
        tasks = json.loads(target.read_text())
        assert all(task["predictions"] and not task.get("annotations") for task in tasks)


def test_a_half_hydrated_corpus_is_read_as_far_as_it_goes(run: Run, tmp_path: Path) -> None:
    root = copy_tree(tmp_path / "tree")
    code, _, err = run("preannotate", root, tmp_path / "out.jsonl")
    assert code == 0
    assert "hydrate it" in err
    bare = [d for d in read(tmp_path / "out.jsonl") if d.article.text is None]
    assert bare
    assert all(not d.spans for d in bare)


def test_articles_of_which_none_can_be_read_are_a_failure(run: Run, tmp_path: Path) -> None:
    write([Document(article=article("Bonjour.", language="fr"))], tmp_path / "in.jsonl")
    code, _, err = run("preannotate", tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    assert code == 1
    assert "its language is fr" in err


def test_a_faulty_source_leaves_what_was_there(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("{no json\n")
    target.write_text("kept")
    code, _, err = run("preannotate", source, target)
    assert code == 2
    assert "in.jsonl" in err
    assert target.read_text() == "kept"


def test_a_missing_model_is_told_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    code, _, err = run("preannotate", tmp_path / "none", tmp_path / "out", "--model", "nix")
    assert code == 2
    assert "no spaCy model 'nix'" in err


def test_entities_link_and_check(run: Run, articles: Path, tmp_path: Path) -> None:
    table = tmp_path / "entities.yaml"
    table.write_text("tessa-varn: {kind: actor, type: person, name: Tessa Varn}\n")
    proposals = tmp_path / "proposals.jsonl"
    assert run("preannotate", articles, proposals, "--entities", table)[0] == 0
    code, out, _ = run("entities", "link", proposals, "--entities", table, "--format", "json")
    assert code == 0
    assert "Tessa Varn" not in {u["name"] for u in json.loads(out)}
    assert run("entities", "check", proposals, "--entities", table)[0] == 0
    table.write_text("tesa-varn: {kind: actor, type: person, name: Tessa Varn}\n")
    code, out, _ = run("entities", "check", proposals, "--entities", table)
    assert code == 1
    assert "Did you mean tesa-varn?" in out
