"""MeasEval's files, in invented words; and the real ones where they are."""

from collections import Counter

import pytest

import newspan
from newspan.errors import DocumentError, NewspanError
from newspan.formats import measeval, read
from newspan.formats.convert import convert
from newspan.formats.standoff_lines import Pair
from trees import SHARED

MEASEVAL = SHARED / "measeval_double"

TEXT = "The kiln holds about 40 to 50 grey urns, of a mean height of 12 cm, in winter."
ANN = """\
T1\tQuantity 15 29\tabout 40 to 50
A1\tIsApproximate T1
A2\tQuantityQualifier T1 IsRange
A3\tIsCount T1
T2\tMeasuredEntity 30 39\tgrey urns
R1\tHasQuantity Arg1:T2 Arg2:T1\t
T3\tQuantity 61 66\t12 cm
A4\tQuantityQualifier T3 IsMean
T4\tUnit 64 66\tcm
T5\tMeasuredProperty 46 57\tmean height
R2\tHasQuantity Arg1:T5 Arg2:T3\t
R3\tHasProperty Arg1:T2 Arg2:T5\t
T6\tQualifier 68 77\tin winter
R4\tQualifies Arg1:T6 Arg2:T3\t
#1\tAnnotatorNotes T3\tsure?
"""


def test_what_means_the_same_is_read_and_the_rest_counted(tmp_path):
    folder = tmp_path / "annotator1"
    folder.mkdir()
    (folder / "Kiln-1.txt").write_text(TEXT)
    (folder / "Kiln-1.ann").write_text(ANN)
    left: Counter[str] = Counter()
    (found,) = read(folder, "measeval", left)
    first, counted, second = found.spans
    assert found.article.id == "kiln-1"
    assert (first.id, first.text, first.kind, first.modifier, first.note) == (
        "kiln-1/annotator1/T1", "about 40 to 50", "count", "range", "IsApproximate",
    )  # fmt: skip
    assert (counted.id, counted.text) == ("kiln-1/annotator1/T2", "grey urns")
    assert (second.modifier, second.note) == ("exact", "IsMean; sure?")
    assert {s.annotator for s in found.spans} == {"MeasEval annotator1"}
    assert [r.id for r in found.relations] == ["kiln-1/annotator1/T1.counts.T2"]
    assert left == Counter({
        "IsApproximate": 1, "IsMean": 1, "Unit": 1, "MeasuredProperty": 1, "Qualifier": 1,
        "HasQuantity of a MeasuredProperty to a Quantity": 1, "HasProperty": 1, "Qualifies": 1,
    })  # fmt: skip
    assert "1 MeasuredProperty; 1 Qualifier; 1 Qualifies; 1 Unit" in convert(
        folder, tmp_path / "o.jsonl", "measeval"
    )


def test_what_is_not_measevals_is_a_fault_with_its_line():
    ann = "T1\tQuantity 15 29\tabout 40 to 60\nT2\tDrug 0 3\tThe\nR1\tTreats Arg1:T1 Arg2:T2\n"
    with pytest.raises(DocumentError) as caught:
        list(measeval.decode([Pair("a", TEXT, ann)]))
    said = [(f.line, f.span_id) for f in caught.value.faults]
    assert said == [(1, "T1"), (2, "T2"), (3, "R1")]


def test_it_is_only_read(tmp_path):
    with pytest.raises(NewspanError, match="measeval is only read"):
        newspan.write([], tmp_path / "x", "measeval")


@pytest.mark.skipif(not MEASEVAL.is_dir(), reason="the double annotation is not here")
@pytest.mark.parametrize(("number", "spans", "relations"), [(1, 487, 65), (2, 486, 69)])
def test_the_whole_double_annotation_is_read(number, spans, relations):
    left: Counter[str] = Counter()
    found = list(read(MEASEVAL / f"annotator{number}", "measeval", left))
    assert len(found) == 248
    assert sum(len(d.spans) for d in found) == spans
    assert sum(len(d.relations) for d in found) == relations
    bounds = sum(
        line.startswith("T")
        for file in (MEASEVAL / f"annotator{number}").glob("*.ann")
        for line in file.read_text(encoding="utf-8").splitlines()
    )
    assert spans + left["MeasuredProperty"] + left["Qualifier"] + left["Unit"] == bounds
