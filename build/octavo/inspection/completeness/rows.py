"""Two rows of passages, the one that should be and the one that is: where they differ, and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_ALIKE = 0.5
"""The share of words in common from which one passage is taken for the other, changed."""
_FEW = 4
"""Words; where there are no more, letters are compared."""
_LONGEST = 400
"""Letters that are compared, and words."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that must be found again."""

    kind: str
    """The name of its element, or nothing where that may change."""
    key: str
    """Its text, as it must be the same."""
    text: str
    """Its text, as it is told of."""
    line: int = 0

    @property
    def what(self) -> Key:
        """What it is known by."""
        return self.kind, self.key


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage, or words of it, that are not as they should be."""

    code: str
    kind: str
    """Of the passage that it should be, or that is too many."""
    about: str
    """The words; none where the passage has none."""
    found: str
    line: int
    """Where it should stand, or where what is before it does."""


@dataclass(slots=True)
class _Stretch:
    """What should stand at a place, what stands there instead, and the line before it."""

    gone: list[Passage]
    come: list[Passage]
    line: int


def differences(wanted: Sequence[Passage], found: Sequence[Passage]) -> tuple[Difference, ...]:
    """Return what is missing, doubled, changed, out of its place, or stands in none."""
    due, standing = [each.what for each in wanted], [each.what for each in found]
    if due == standing:
        return ()
    stretches = list(_stretches(wanted, found, due, standing))
    every = [*_moved(stretches)]
    known = set(due)
    for stretch in stretches:
        every += _changed(stretch)
        every += (_alone("text-missing", each, each.line) for each in stretch.gone)
        for each in stretch.come:
            code = "text-doubled" if each.what in known else "text-stray"
            every.append(_alone(code, each, stretch.line))
    # What has no words is told of only where nothing better can be.
    return tuple(each for each in every if each.about) or tuple(every)


def _stretches(
    wanted: Sequence[Passage], found: Sequence[Passage], due: list[Key], standing: list[Key]
) -> Iterator[_Stretch]:
    shortest = min(len(due), len(standing))
    same = (n for n in range(shortest) if due[n] != standing[n])
    head = next(same, shortest)
    ends = (n for n in range(shortest - head) if due[-1 - n] != standing[-1 - n])
    tail = next(ends, shortest - head)
    middle = due[head : len(due) - tail], standing[head : len(standing) - tail]
    for tag, i, j, k, m in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        if tag != "equal":
            before = wanted[head + i - 1].line if head + i else 0
            gone, come = wanted[head + i : head + j], found[head + k : head + m]
            yield _Stretch([*gone], [*come], before)


def _moved(stretches: Iterable[_Stretch]) -> Iterator[Difference]:
    """Take out what only stands in another place."""
    moved = _count(s.gone for s in stretches) & _count(s.come for s in stretches)
    left = moved.copy()
    for stretch in stretches:
        for each in [each for each in stretch.gone if each.what in moved]:
            if left[each.what]:
                left[each.what] -= 1
                stretch.gone.remove(each)
                yield _alone("text-out-of-order", each, each.line)
    for stretch in stretches:
        for each in [each for each in stretch.come if each.what in moved]:
            if moved[each.what]:
                moved[each.what] -= 1
                stretch.come.remove(each)


def _count(rows: Iterable[Sequence[Passage]]) -> Counter[Key]:
    return Counter(each.what for row in rows for each in row)


def _changed(stretch: _Stretch) -> Iterator[Difference]:
    """Take out the pairs of passages of which one is the other, changed."""
    for wanted in [*stretch.gone]:
        found = next((each for each in stretch.come if _alike(wanted, each)), None)
        if found:
            stretch.gone.remove(wanted)
            stretch.come.remove(found)
            yield _change(wanted, found)


def _alike(wanted: Passage, found: Passage) -> bool:
    if wanted.key == found.key:
        return bool(wanted.key)
    return SequenceMatcher(None, *_parts(wanted, found), autojunk=False).ratio() >= _ALIKE


def _parts(wanted: Passage, found: Passage) -> tuple[Sequence[str], Sequence[str]]:
    words = wanted.text.split()[:_LONGEST], found.text.split()[:_LONGEST]
    return words if max(map(len, words)) > _FEW else (wanted.text[:_LONGEST], found.text[:_LONGEST])


def _change(wanted: Passage, found: Passage) -> Difference:
    """Return the words that differ; where none do, the elements."""
    due, standing = wanted.text.split(), found.text.split()
    shortest = min(len(due), len(standing))
    head = next((n for n in range(shortest) if due[n] != standing[n]), shortest)
    ends = (n for n in range(shortest - head) if due[-1 - n] != standing[-1 - n])
    tail = next(ends, shortest - head)
    lost, come = due[head : len(due) - tail], standing[head : len(standing) - tail]
    if lost and not come:
        return Difference("text-missing", wanted.kind, " ".join(lost), "", wanted.line)
    if come and not lost:
        return Difference("text-stray", wanted.kind, " ".join(come), "", wanted.line)
    if not lost:
        return Difference("text-changed", wanted.kind, wanted.text, f"<{found.kind}>", wanted.line)
    return Difference("text-changed", wanted.kind, " ".join(lost), " ".join(come), wanted.line)


def _alone(code: str, passage: Passage, line: int) -> Difference:
    return Difference(code, passage.kind, passage.text.strip(), "", line)
