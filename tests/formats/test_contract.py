"""What every format promises, over all rows of FORMATS."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newspan
from newspan.errors import DocumentError, NewspanError
from newspan.formats import FORMATS, format_of
from strategies import LIMITS, corpora

SUFFIX = {name: "".join(row.suffixes[:1]) for name, row in FORMATS.items()}
every_format = pytest.mark.parametrize("name", FORMATS)
every_written_format = pytest.mark.parametrize("name", [n for n, r in FORMATS.items() if r.writer])


def native(name, documents):
    """What `encode` makes, in a form that can be read twice and compared."""
    made = FORMATS[name].adapter.encode(documents)
    return made if hasattr(made, "_fields") else list(made)


@every_format
def test_declares_only_limits_that_the_strategy_knows(name):
    assert set(LIMITS) >= FORMATS[name].adapter.HOLDS


@every_written_format
def test_decoding_what_was_encoded_gives_the_same_documents(name):
    adapter = FORMATS[name].adapter

    @given(corpora(adapter.HOLDS))
    def holds(found):
        assert list(adapter.decode(native(name, found))) == found

    holds()


@every_written_format
def test_encoding_twice_gives_the_same(name):
    @given(corpora(FORMATS[name].adapter.HOLDS))
    def holds(found):
        assert native(name, found) == native(name, found)

    holds()


@every_written_format
def test_files_give_back_the_same_documents(name, tmp_path_factory):
    @given(corpora(FORMATS[name].adapter.HOLDS))
    def holds(found):
        path = tmp_path_factory.mktemp("files") / f"corpus{SUFFIX[name]}"
        newspan.write(found, path, name)
        assert list(newspan.read(path)) == found
        newspan.write(found[:1], path, name)
        assert list(newspan.read(path, name)) == found[:1]
        assert [p.name for p in path.parent.iterdir()] == [path.name]

    holds()


@every_written_format
def test_two_writes_give_the_same_bytes(name, tmp_path_factory):
    @given(corpora(FORMATS[name].adapter.HOLDS))
    def holds(found):
        folder = tmp_path_factory.mktemp("bytes")
        for place in ("one", "two"):
            newspan.write(found, folder / f"{place}{SUFFIX[name]}", name)
        assert contents(folder / f"one{SUFFIX[name]}") == contents(folder / f"two{SUFFIX[name]}")

    holds()


def contents(path):
    if path.is_file():
        return path.read_bytes()
    return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}


@every_written_format
@given(data=st.data())
def test_a_document_that_breaks_an_invariant_is_not_encoded(name, data):
    found = data.draw(corpora(FORMATS[name].adapter.HOLDS).filter(any_span))
    broken = [
        msgspec.structs.replace(d, spans=(*d.spans, d.spans[0])) if d.spans else d for d in found
    ]
    with pytest.raises(DocumentError, match="have this id"):
        native(name, broken)


def any_span(found):
    return any(d.spans for d in found)


def test_a_format_without_a_writer_is_only_read(tmp_path):
    for name in sorted(n for n, row in FORMATS.items() if not row.writer):
        with pytest.raises(NewspanError, match=f"{name} is only read"):
            newspan.write([], tmp_path / "a", name)
    assert not list(tmp_path.iterdir())


@every_format
def test_reading_a_missing_path_says_so(name, tmp_path):
    with pytest.raises(NewspanError, match="missing"):
        list(newspan.read(tmp_path / "missing", name))


@every_format
def test_reading_something_else_is_an_error_that_names_the_path(name, tmp_path):
    path = tmp_path / f"other{SUFFIX[name]}"
    if SUFFIX[name]:
        path.write_bytes(b"\x89PNG\r\n\x1a\n")
    else:
        (path / "articles").mkdir(parents=True)
        (path / "articles" / "train.parquet").write_bytes(b"PAR1 cut off")
    with pytest.raises(NewspanError) as caught:
        list(newspan.read(path, name))
    assert str(path) in str(caught.value)


def test_an_unknown_format_is_named_with_those_there_are(tmp_path):
    with pytest.raises(NewspanError, match=r"no format 'tei'.*jsonl"):
        newspan.read(tmp_path, "tei")
    with pytest.raises(NewspanError, match=r"files ending in '\.xyz'.*jsonl"):
        newspan.write([], tmp_path / "a.xyz")


def test_a_format_is_guessed_from_the_name(tmp_path):
    names = {f"a{suffix}": name for name, row in FORMATS.items() for suffix in row.suffixes}
    assert {key: format_of(tmp_path / key) for key in names} == names
    (tmp_path / "folder.json").mkdir()
    assert format_of(tmp_path / "folder.json") == "parquet"
