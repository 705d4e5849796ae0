"""What git leaves in a file where two versions of it disagree."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from octavo.manuscript.syntax.flow import Flow

STARTS = re.compile(r"(?:<{7}|>{7})(?: |$)")
HALF = re.compile(r"={7}$")
"""The line between two versions; below a line of text it is a heading's underline."""
MARKER = re.compile(r"(?:[<>|]{7}(?: .*)?|={7})$", re.MULTILINE)
_ENDS = re.compile(r">{7}(?: |$)")
MESSAGE = "git left two versions of these lines here, one below the other"
HINT = "keep the lines you want, and delete those that begin with <<<<<<<, ======= or >>>>>>>"


def conflict(flow: Flow, at: int) -> int:
    """Tell of a conflict, and leave both its versions to be read as text."""
    lines = flow.lines
    is_sought = lines[at].text[0] == "<" and not flow.conflicts_end
    after = range(at + 1, len(lines)) if is_sought else ()
    end = next((n for n in after if _ENDS.match(lines[n].text)), at)
    flow.conflicts_end |= is_sought and end == at
    markers = [n for n in range(at, end + 1) if MARKER.match(lines[n].text)]
    source = "\n".join(lines[n].text for n in markers)
    flow.add(flow.ledger.fault("conflict-marker", MESSAGE, lines[at].number, source, HINT))
    flow.ledger.wrong.update(lines[n].number for n in markers)
    for n in markers:
        lines[n] = replace(lines[n], text="")
    return at + 1
