"""The account of words: every word of a text is in its tree, or in syntax that was read."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import vouchers
from octavo.manuscript.syntax.code import is_listing
from octavo.manuscript.syntax.passages import side_by_side, write
from octavo.manuscript.syntax.raw import COMMENT
from octavo.manuscript.syntax.vouchers import LIKELY, MAYBE, SURE, spelt, words_of
from octavo.markup import text_of, walk

if TYPE_CHECKING:
    import re
    from collections.abc import Container, Iterable, Iterator, Sequence

    from octavo.manuscript.syntax.ledger import Ledger
    from octavo.manuscript.syntax.passages import Passage
    from octavo.manuscript.syntax.vouchers import Voucher, Words
    from octavo.model import Element, Note

_ASCII = bytes(range(128))
_BUT_LETTERS = bytes(n for n in range(256) if n > 127 or not chr(n).isalnum())
_SIGNS = bytes(n for n in range(128) if not chr(n).isalnum() and not chr(n).isspace())
_SHAPES = bytes(ord(" " if chr(n).isspace() and n < 128 else "x") for n in range(256))
_LONGEST = 100
"""Letters of a word that may have markup in its midst."""
_SUSPECTS = 20
"""How many vouchers are done without, one by one, before a word is said to be lost."""
_QUOTED = 12
"""How many words a message quotes."""
_HINT = (
    "this is Octavo’s own mistake, not yours: please report it with this line;"
    " until it is mended, write the passage with simpler markup"
)


def settle(
    text: str, first_line: int, body: Sequence[Element], notes: Sequence[Note], ledger: Ledger
) -> int:
    """Tell of every word of a text that its tree has lost; return how many words it has."""
    texts: list[str] = []
    for block in (*body, *(block for note in notes for block in note.content)):
        write(block, texts.append)
    if _letters(text) != _letters("".join(texts)):
        wrong = sorted(ledger.wrong)
        links = ledger.links.values()
        defined = frozenset(text for link in links for text in (link.target, link.title))
        for passage in side_by_side(text, first_line, body, notes, ledger):
            # Where an author has a mistake to mend, the words are told of with it.
            if bisect_left(wrong, passage.line) == bisect_left(wrong, passage.after):
                _tell(passage, defined, ledger)
    return _count(text)


def _count(text: str) -> int:
    """Return how many words a text has: letters and digits between spaces."""
    return b" ".join((b"", text.encode("utf-8", "replace").translate(_SHAPES, _SIGNS))).count(b" x")


def _letters(text: str) -> tuple[bytes, str]:
    """Return the letters and digits of a text, ASCII's apart: much faster to have than words."""
    content = text.encode("utf-8", "replace")
    beyond = content.translate(None, _ASCII).decode("utf-8")
    return content.translate(None, _BUT_LETTERS), "".join(filter(str.isalnum, beyond))


def _tell(passage: Passage, defined: Container[str], ledger: Ledger) -> None:
    """Tell of the words that a passage lost."""
    source = passage.source
    if _letters(source) == _letters("".join(passage.texts)):
        return
    given = words_of("\n".join(passage.texts))
    if words_of(source) == given:
        return
    offered = list(_offered(passage, defined, ledger))
    missing = _missing(passage, source.casefold(), Counter(given), offered)
    for line, words in sorted(_places(passage, missing, given).items()):
        quoted = ", ".join(f"“{word.lstrip('</')}”" for word in words[:_QUOTED])
        more = f" and {len(words) - _QUOTED} more" if len(words) > _QUOTED else ""
        message = f"of this line, what follows is not in the book: {quoted}{more}"
        ledger.error("words-lost", message, line, _HINT)


def _missing(
    passage: Passage, source: str, given: Counter[str], offered: Sequence[Voucher]
) -> Counter[str]:
    """Return the words of a source that stand neither in its texts nor for anything else."""
    source = _without_comments(passage, source, Counter(words_of(source)) - given)
    words = Counter(words_of(source))

    def left(offered: Sequence[Voucher]) -> Counter[str]:
        missing = words - given
        _redeem(missing, offered)
        if missing and "<" in source:
            _redeem(missing, list(vouchers.of_tags(passage.content)))
        surplus = given - words
        if missing and surplus:
            missing -= _read_otherwise(passage, given, surplus, missing)
        return missing

    lost = left(offered)
    if lost:
        robbed = {w for v in offered if any(word in lost for word in v.words) for w in v.words}
        suspects = [v for v in offered if any(word in robbed for word in v.words)]
        # A voucher that was not needed may have taken a word from one that was.
        for suspect in suspects[:_SUSPECTS]:
            others = [voucher for voucher in offered if voucher is not suspect]
            without = left(others)
            if without.total() < lost.total():
                lost, offered = without, others
    return lost


def _is_part(word: str, others: Iterable[str]) -> bool:
    """Tell whether a word is a part of another, or the other way round."""
    return any(word in other or other in word for other in others)


def _without_comments(passage: Passage, source: str, missing: Counter[str]) -> str:
    """Return a source without the comments that vanished; code has some that did not."""
    if "<!--" not in source:
        return source
    kept = Counter(map(_key, _comments("\n".join(passage.texts).casefold())))

    def unless_kept(found: re.Match[str]) -> str:
        comment, key = found.group(), _key(found.group())
        kept[key] -= 1
        if kept[key] >= 0:
            return comment
        for start in (0, comment.rindex("<!--")):
            # What comes before the last may be a sign in code that looks like a beginning.
            if _pay(missing, words_of(comment[start:])):
                return comment[:start]
        return comment

    head, end, tail = source.rpartition("-->")
    return COMMENT.sub(unless_kept, f"{head}{end}") + tail


def _comments(text: str) -> list[str]:
    # Behind the last end there is none, and none need be looked for from every beginning.
    return COMMENT.findall(text[: text.rfind("-->") + len("-->")] if "-->" in text else "")


def _key(comment: str) -> tuple[str, ...]:
    return tuple(words_of(comment))


def _offered(passage: Passage, defined: Container[str], ledger: Ledger) -> Iterator[Voucher]:
    yield from vouchers.Attributes(passage.written, defined).of(passage.content)
    yield from vouchers.of_source(passage.source.casefold(), ledger.links)
    yield from vouchers.of_aside(passage.aside)
    for label, link in passage.links.items():
        yield from vouchers.of_link(label, link, passage.written)


def _redeem(missing: Counter[str], offered: Sequence[Voucher]) -> None:
    """Take off the missing words what vouchers stand for: each whole or not at all."""
    for doubt in (SURE, LIKELY, MAYBE):
        # The longest first, or a short one would break up what a long one stands for.
        of_doubt = [voucher for voucher in offered if voucher.doubt == doubt]
        of_doubt.sort(key=lambda voucher: -len(voucher.words))
        unpaid = [voucher for voucher in of_doubt if not _pay(missing, *voucher.ways)]
        for voucher in unpaid:
            if voucher.parts:
                _pay(missing, *(_parted(words, missing) for words in voucher.ways))


def _parted(words: Words, missing: Container[str]) -> Words:
    return [part for word in words for part in _parts(word, missing)]


def _parts(word: str, missing: Container[str]) -> Sequence[str]:
    """Part a word where markup in its source parts it: into words that are missing."""
    if word in missing or len(word) > _LONGEST:
        return [word]
    for at in range(len(word) - 1, 0, -1):
        if word[:at] in missing:
            return [word[:at], *_parts(word[at:], missing)]
    return [word]


def _pay(missing: Counter[str], *ways: Words) -> bool:
    """Take words off the missing ones in the first way in which all are; return whether any is."""
    for words in ways:
        needed = Counter(words) if all(word in missing for word in words) else None
        if needed is not None and all(missing[word] >= needed[word] for word in needed):
            for word, count in needed.items():
                missing[word] -= count
                if not missing[word]:
                    del missing[word]
            return True
    return False


def _read_otherwise(
    passage: Passage, given: Counter[str], surplus: Counter[str], sought: Container[str]
) -> Counter[str]:
    """Return the words sought that a passage's texts have if they are parted in another way."""
    joined = "\n".join(passage.texts)
    words = Counter(words_of("".join(passage.texts))) | Counter(words_of(joined.replace("<", " ")))
    words -= given
    for listing in filter(is_listing, walk(*passage.content)):
        pieces = (n for e in walk(listing) for n in e.children if isinstance(n, str))
        words += Counter(words_of("\n".join(pieces))) - Counter(words_of(text_of(listing)))
    others = {word.lstrip("</") for word in surplus}
    parted = {w: words[w] for w in words if w in sought and _is_part(w.lstrip("</"), others)}
    return Counter(parted) | (Counter(words_of(spelt(joined))) - given)


def _places(passage: Passage, missing: Counter[str], given: Sequence[str]) -> dict[int, list[str]]:
    """Return the missing words by the line on which each is likely to stand."""
    kept = f" {' '.join(given)} "
    rows = [words_of(spelt(f"{line}\n")) for line in passage.lines]
    holding: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        for word in missing.keys() & set(row):
            holding.setdefault(word, []).append(at)
    sought = {at for lines in holding.values() for at in lines}
    whole = {at: f" {' '.join(rows[at])} " in kept for at in sought}
    places: dict[int, list[str]] = {}
    for word, count in missing.items():
        for at in sorted(holding.get(word, [0]), key=lambda at: whole.get(at, True))[:count]:
            places.setdefault(at, []).append(word)
    return {
        passage.line + at: sorted(
            lost, key=lambda word: rows[at].index(word) if word in rows[at] else 0
        )
        for at, lost in places.items()
    }
