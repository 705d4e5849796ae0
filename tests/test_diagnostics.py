"""Laws of findings: order, wording, forms."""

from __future__ import annotations

import json

from octavo.diagnostics import (
    Diagnostic,
    Location,
    Severity,
    as_json,
    as_text,
    did_you_mean,
    error,
    has_errors,
    in_order,
    note,
    warning,
)

HERE = Location("a.md", 3)


def test_a_place_is_written_as_editors_read_it() -> None:
    """A place is ``file:line``; a file as a whole has no line."""
    assert (str(HERE), str(Location("a.md"))) == ("a.md:3", "a.md")


def test_only_errors_stop_a_book() -> None:
    """A warning or a note stops nothing; one error does."""
    harmless = [warning("w", "…", HERE), note("n", "…", HERE)]

    assert not has_errors([])
    assert not has_errors(harmless)
    assert has_errors([*harmless, error("e", "…", HERE)])


def test_findings_come_once_each_by_file_and_line() -> None:
    """Two editions find the same twice; lines are ordered as numbers; equals keep their order."""
    late, early = error("x", "…", Location("a.md", 10)), error("y", "…", Location("a.md", 9))
    other = error("w", "…", Location("a.md", 9))

    assert in_order([late, early, other, late, early]) == (early, other, late)


def test_the_nearest_known_word_is_suggested() -> None:
    """A slip of the finger is recognised, another word is not, whatever the order of the known."""
    assert did_you_mean("langauge", {"language", "title"}) == "did you mean “language”?"
    assert did_you_mean("zebra", ["language", "title"]) == ""
    assert did_you_mean("bat", ["hat", "cat"]) == did_you_mean("bat", ["cat", "hat"])


def test_a_finding_as_text_says_all_of_it() -> None:
    """Place, severity, message and code stand on one line, the hint below."""
    finding = error("bad-thing", "it is bad", HERE, "mend it")

    assert as_text(finding) == "a.md:3: error: it is bad [bad-thing]\n    mend it"
    assert "\n" not in as_text(warning("w", "odd", HERE))


def test_a_finding_as_json_has_all_its_fields() -> None:
    """JSON holds severity, code, message, file, line and hint, as strings and numbers."""
    finding = Diagnostic(Severity.NOTE, "code", "message", HERE, "hint")

    assert json.loads(json.dumps(as_json(finding))) == {
        "severity": "note",
        "code": "code",
        "message": "message",
        "location": {"file": "a.md", "line": 3},
        "hint": "hint",
    }
