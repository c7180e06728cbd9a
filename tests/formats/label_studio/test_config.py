"""A project's labelling configuration against ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from newspan.cli import app
from newspan.errors import DocumentError
from newspan.formats.label_studio.config import check_config, config_digest, config_faults
from newspan.schema.labelling import label_config

OURS = label_config()

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]><View><Labels name='span' toName='text'>&j;</Labels></View>"
)
OUTSIDE = '<!DOCTYPE v [<!ENTITY x SYSTEM "file:///etc/passwd">]><View><Header value="&x;"/></View>'


def test_our_own_has_no_faults() -> None:
    assert config_faults(OURS) == []


def test_looks_are_the_projects_own_business() -> None:
    changed = OURS.replace('hotkey="1"', 'hotkey="q"').replace("#0072B2", "red")
    changed = changed.replace('<Header value="Actor" size="4"/>', '<Header value="Who?"/>')
    assert changed != OURS
    assert config_faults(changed) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('<Label value="Cue"', '<Label value="Que"', "lacks the values Cue"),
        ('<Label value="Cue"', '<Label value="Que"', "offers values that are not ours: Que"),
        ('<Label value="Cue"', '<Label value="Cue" alias="c"', "lacks the values Cue"),
        ('name="actor_type"', 'name="kind"', "the control actor_type is missing"),
        ('name="actor_type"', 'name="kind"', "the control kind is not ours"),
        ('value="$text"', 'value="$body"', "has '$body' for value, not '$text'"),
        ('granularity="symbol"', 'granularity="word"', "has 'word' for granularity"),
        ('perRegion="true"', 'perRegion="false"', "has 'false' for perregion, not 'true'"),
        ('<Relation value="counts"/>', "", "the control relations lacks the values counts"),
    ],
)
def test_what_would_lose_annotations_is_named(old: str, new: str, message: str) -> None:
    assert old in OURS
    found = [str(fault) for fault in config_faults(OURS.replace(old, new, 1))]
    assert any(message in fault for fault in found), found


def test_a_control_of_another_type_is_named() -> None:
    changed = OURS.replace("<TextArea", "<Choices", 1)
    assert any("is of type choices, not textarea" in str(f) for f in config_faults(changed))


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        (BOMB, "declares a document type or entities"),
        (OUTSIDE, "declares a document type or entities"),
        ("<View><Labels></View>", "is not XML"),
        ("not xml", "is not XML"),
        ('<?xml version="1.0" encoding="utf-77"?><View/>', "is not XML|is missing"),
    ],
)
def test_hostile_xml_gets_a_clear_error(tmp_path: Path, xml: str, message: str) -> None:
    path = tmp_path / "config.xml"
    path.write_text(xml, encoding="utf-8")
    with pytest.raises(DocumentError, match=message) as caught:
        check_config(path)
    assert all(fault.path == path for fault in caught.value.faults)


def test_the_verb_prints_and_checks(tmp_path: Path) -> None:
    run = CliRunner().invoke
    printed = run(app, ["studio", "config"])
    assert printed.output == OURS
    path = tmp_path / "config.xml"
    path.write_text(OURS, encoding="utf-8")
    assert run(app, ["studio", "config", str(path)]).exit_code == 0
    path.write_text(BOMB, encoding="utf-8")
    assert isinstance(run(app, ["studio", "config", str(path)]).exception, DocumentError)


def test_the_digest_tells_what_results_depend_on_from_looks() -> None:
    looks = OURS.replace('hotkey="1"', 'hotkey="9"').replace("<View>", '<View className="wide">', 1)
    assert looks != OURS
    assert config_digest(looks) == config_digest(OURS)
    assert config_digest(OURS.replace('value="Cue"', 'value="Hint"')) != config_digest(OURS)
    assert config_digest(OURS.replace('name="quote_form"', 'name="form"')) != config_digest(OURS)
