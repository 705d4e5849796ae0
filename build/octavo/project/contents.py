"""The book in order: from what ``contents`` says, or from the names of the files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from octavo.diagnostics import Diagnostic, Location, Report, did_you_mean, error
from octavo.matter import GENERATED, HOMES, role_named, role_of_page
from octavo.model import Entry, Matter, page_of
from octavo.project.folder import MARKDOWN, Folder, is_markdown, leaves, locate, missing
from octavo.project.leftovers import is_about
from octavo.project.shape import BookShape, ContentsShape, PartShape
from octavo.project.words import DRAWN_UP, UNUSUAL

ORDER = {role: rank for rank, role in enumerate(HOMES)}
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One name of ``contents`` and where it stands there."""

    name: str
    matter: Matter
    path: Path = ()
    part: str = ""
    opens_part: bool = False


def contents_of(
    shape: BookShape, folder: Folder, place: Callable[[Path], Location], report: Report
) -> tuple[Entry, ...]:
    """Return the entries in reading order; what cannot be one is reported and left out."""
    pages = (*GENERATED, *map(page_of, shape.index.others))
    entries = _entries(_lines(shape, folder, pages), pages, folder, place, report)
    return _once(entries, report)


def _lines(shape: BookShape, folder: Folder, pages: tuple[str, ...]) -> Iterable[Line]:
    if isinstance(shape.contents, ContentsShape):
        return _grouped(shape.contents)
    if shape.contents:
        return _flat(shape.contents, pages)
    beside = {_posix(shape.copyright_note), _posix(shape.glossary.file)}
    return _by_name((name for name in folder.markdown if name not in beside), pages)


def _grouped(contents: ContentsShape) -> Iterator[Line]:
    for position, name in enumerate(contents.front):
        yield Line(name, Matter.FRONT, ("contents", "front", position))
    for position, item in enumerate(contents.body):
        here: Path = ("contents", "body", position)
        if not isinstance(item, PartShape):
            yield Line(item, Matter.BODY, here)
            continue
        yield Line(item.part, Matter.BODY, (*here, "part"), opens_part=True)
        for number, name in enumerate(item.chapters):
            yield Line(name, Matter.BODY, (*here, "chapters", number), _posix(item.part))
    for position, name in enumerate(contents.back):
        yield Line(name, Matter.BACK, ("contents", "back", position))


def _flat(names: tuple[str, ...], pages: tuple[str, ...]) -> list[Line]:
    """Divide a list as written: front pages at its head, back pages at its end, text between."""
    homes = [_home(name) for name in names]
    head = next((n for n, home in enumerate(homes) if home is not Matter.FRONT), len(names))
    tail = len(names)
    # Acknowledgments may stand at the end as well as at the head.
    while tail > head and homes[tail - 1] is not Matter.BODY:
        tail -= 1
    matters = (
        [Matter.FRONT] * head + [Matter.BODY] * (tail - head) + [Matter.BACK] * (len(names) - tail)
    )
    pairs = enumerate(zip(names, matters, strict=True))
    lines = [Line(name, matter, ("contents", place)) for place, (name, matter) in pairs]
    return lines if any(name in pages for name in names) else _with_usual_pages(lines, pages)


def _by_name(names: Iterable[str], pages: tuple[str, ...]) -> list[Line]:
    """Order the files of the folder itself as a book has them: by role, then as a person counts.

    A file called like a page that is drawn up from the text may be anything, private notes too,
    and nobody has asked for it.
    """
    chapters = (
        name
        for name in names
        if "/" not in name and not is_about(name) and _role(name) not in DRAWN_UP
    )
    ordered = sorted(chapters, key=lambda name: (_rank(name), _natural(name)))
    return _with_usual_pages([Line(name, _home(name)) for name in ordered], pages)


def _with_usual_pages(lines: list[Line], pages: tuple[str, ...]) -> list[Line]:
    """Add the generated pages that a book has, each before what follows it in a book."""
    written = {_role(line.name) for line in lines if is_markdown(line.name)}
    for page in pages:
        # A copyright.md takes the place of the page.
        if page not in UNUSUAL and page not in written:
            line = Line(page, _home(page))
            lines = _inserted(lines, line)
    return lines


def _inserted(lines: list[Line], page: Line) -> list[Line]:
    order = list(Matter)

    def follows(line: Line) -> bool:
        if line.matter is not page.matter:
            return order.index(line.matter) > order.index(page.matter)
        return _rank(line.name) > _rank(page.name)

    place = next((n for n, line in enumerate(lines) if follows(line)), len(lines))
    return [*lines[:place], page, *lines[place:]]


def _role(name: str) -> str:
    return role_named(PurePosixPath(name).stem if is_markdown(name) else role_of_page(name))


def _home(name: str) -> Matter:
    return HOMES.get(_role(name), Matter.BODY)


def _rank(name: str) -> int:
    return ORDER.get(_role(name), ORDER["chapter"])


def _natural(name: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Return a sort key in which chapter-2 stands before chapter-10."""
    pieces = re.findall(r"[0-9]+|[^0-9]+", name.lower())
    key = tuple(
        (0, int(piece), "") if piece[0] in "0123456789" else (1, 0, piece) for piece in pieces
    )
    return key, name


def _posix(name: str) -> str:
    return PurePosixPath(name).as_posix()


def _entries(
    lines: Iterable[Line],
    pages: tuple[str, ...],
    folder: Folder,
    place: Callable[[Path], Location],
    report: Report,
) -> Iterator[Entry]:
    for line in lines:
        where = place(line.path or ("contents",))
        if is_markdown(line.name) or leaves(line.name):
            name = locate(folder, line.name, where, report)
            if name is not None:
                # The place of a missing file stays, for a draft to show.
                missing(folder, name, where, report, MARKDOWN)
                yield Entry(name, line.matter, False, where, line.part, line.opens_part)
        elif line.name in pages and not line.opens_part:
            yield Entry(line.name, line.matter, True, where, line.part)
        else:
            report(_unusable(line, pages, folder, where))


def _unusable(line: Line, pages: tuple[str, ...], folder: Folder, where: Location) -> Diagnostic:
    """Return what is wrong with a name that is no Markdown file and no generated page."""
    name, file = line.name, f"{line.name}.md"
    if line.opens_part:
        hint = "make a small Markdown file with the part's title as its heading, and name it here"
        return error("not-markdown", f"“{name}” opens a part, but is no Markdown file", where, hint)
    if file in folder.files:
        return error("unknown-page", f"“{name}” is no page", where, f"did you mean “{file}”?")
    if PurePosixPath(name).suffix:
        hint = did_you_mean(name, folder.markdown) or "contents holds files whose names end in .md"
        return error("not-markdown", f"“{name}” is no Markdown file", where, hint)
    if (role := role_of_page(name)) != name:
        own = name.removeprefix(f"{role}-")
        wanted = f"write: {role}: {{others: {{{own}: Index of {own.title()}}}}}"
        others = [page for page in pages if role_of_page(page) != page]
        hint = did_you_mean(name, others) or wanted
        return error("unknown-page", f"the press makes no page “{name}”", where, hint)
    known = [*pages, *folder.markdown]
    hint = did_you_mean(name.lower(), known) or f"the pages are: {', '.join(pages)}"
    return error("unknown-page", f"the press makes no page “{name}”", where, hint)


def _once(entries: Iterable[Entry], report: Report) -> tuple[Entry, ...]:
    """Return the entries, the second naming of each reported and left out."""
    first: dict[str, Entry] = {}
    for entry in entries:
        earlier = first.setdefault(entry.name, entry)
        if earlier is not entry:
            message = f"“{entry.name}” is already in the book, on line {earlier.location.line}"
            report(error("named-twice", message, entry.location, "remove one of the two lines"))
    return tuple(first.values())
