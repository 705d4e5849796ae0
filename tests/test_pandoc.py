"""Laws of the door to Pandoc: where it is found, and what is said when it gives no answer."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from octavo import pandoc
from octavo.book.citation import CSL_JSON
from octavo.pandoc import Document, PandocError, program, run

EMPTY: Document = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": []}


def test_finds_the_program_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither PATH nor a variable of the user decides which Pandoc makes a book."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PYPANDOC_PANDOC", "/nowhere/pandoc")

    path = program()

    assert path.with_suffix("").parts[-3:] == ("pypandoc", "files", "pandoc")


def test_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package there is no traceback, but a command that mends it."""
    monkeypatch.setattr(pandoc, "find_spec", lambda _name: None)

    with pytest.raises(PandocError, match="not installed") as caught:
        run(EMPTY)

    assert caught.value.code == "pandoc-missing"
    assert caught.value.hint == "run: pip install pypandoc_binary"


def test_says_that_it_cannot_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is no program is reported like a missing one."""
    (tmp_path / "pandoc").write_bytes(b"")
    monkeypatch.setattr(pandoc, "program", lambda: tmp_path / "pandoc")

    with pytest.raises(PandocError, match="cannot be started") as caught:
        run(EMPTY)

    assert caught.value.code == "pandoc-missing"


def test_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pandoc is given its time and no more."""
    given: list[float] = []

    def late(command: list[str], *, timeout: float, **_: object) -> NoReturn:
        given.append(timeout)
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", late)

    with pytest.raises(PandocError, match="after 5 seconds") as caught:
        run(EMPTY, timeout=5)

    assert caught.value.code == "pandoc-timeout"
    assert given == [5]


def test_repeats_what_pandoc_says() -> None:
    """A failure carries Pandoc's own words."""
    with pytest.raises(PandocError, match="nonsense") as caught:
        run(EMPTY, "--nonsense")

    assert caught.value.code == "pandoc-failed"


def test_cuts_out_what_it_was_given() -> None:
    """A style or bibliography inside the document is not printed with a failure."""
    address = f"data:{CSL_JSON};base64,bm9uc2Vuc2U="
    document = {**EMPTY, "meta": {"bibliography": {"t": "MetaString", "c": address}}}

    with pytest.raises(PandocError, match="bibliography") as caught:
        run(document, "--citeproc")

    assert "bm9uc2Vuc2U" not in caught.value.message


def test_refuses_an_answer_that_is_no_document() -> None:
    """Output that is not JSON is a failure."""
    with pytest.raises(PandocError, match="not JSON") as caught:
        run(EMPTY, "--to=plain")

    assert caught.value.code == "pandoc-failed"


def test_returns_the_document_and_the_warnings() -> None:
    """What Pandoc remarks is returned, a line for each remark."""
    document = {**EMPTY, "meta": {"lang": {"t": "MetaString", "c": "?"}}}

    answer = run(document, "--citeproc")

    assert answer.document["blocks"] == []
    assert list(answer.warnings) == [
        "Invalid 'lang' value '?'. Use an IETF language tag like 'en-US'."
    ]
