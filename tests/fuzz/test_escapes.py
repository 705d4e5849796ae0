"""Out of the book there is no way: every place that can name a file, and every way to name one.

The press runs in a program of its own, in which Python tells what it opens, before it opens it, to
whom it speaks and what it starts; programs that it starts in turn are watched as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="makes symbolic links")

WATCH = """
import os, sys
_log = os.open(os.environ["OCTAVO_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def _tell(event, told):
    if event in ("open", "os.listdir", "os.scandir"):
        what = told[0]
    elif event == "socket.connect" and isinstance(told[1], tuple):
        what = told[1][0]
    elif event in ("socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec"):
        what = told[0]
    else:
        return
    if not isinstance(what, int):
        os.write(_log, f"{event}\\t{os.fsdecode(what) if what else '.'}\\n".encode())
sys.addaudithook(_tell)
"""
RUN = """
import sys
from click.testing import CliRunner
from octavo.cli import main
if __name__ == "__main__":
    for words in sys.argv[1:]:
        result = CliRunner().invoke(main, words.split("|"))
        if not isinstance(result.exception, SystemExit | None):
            raise result.exception
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
OUTSIDE = {
    "secret.md": "# Out there\n",
    "secret.json": '[{"id": "out"}]',
    "secret.svg": f'{SVG}><g id="a"/></svg>',
    "secret.css": "p {color: red}",
    "secret.xhtml": "<p>Out there</p>",
}
"""What lies beside the book, and is no part of it: one of each kind."""
WAYS = (
    "../../outside/secret",
    "/HOME/outside/secret",
    "file:///HOME/outside/secret",
    "file:../../outside/secret",
    "%2e%2e/%2E%2E/outside/secret",
    "..%2f..%2foutside%2fsecret",
    "..\\..\\outside\\secret",
    "\\\\localhost\\HOME\\outside\\secret",
    "//localhost/HOME/outside/secret",
    "images/../../../outside/secret",
    "./../../outside/secret",
    "link",
    "linked/secret",
    "images/../linked/secret",
    "http://127.0.0.1:9/secret",
    "ftp://127.0.0.1:9/secret",
)
"""How to name them; HOME stands for the folder around both, ``link`` for symbolic links."""
BLOCKS = (
    "![a](WAY.svg)",
    "[a](WAY.md) and [b][b]\n\n[b]: WAY.svg",
    'Text.^[Note ![a](<WAY.svg> "t").]',
    '<p><img src="WAY.svg" alt="a"/></p>',
    '<p><img src="link.svg" srcset="WAY.svg 2x" alt="a"/></p>',
    '<picture><source srcset="WAY.svg"/><img src="link.svg" alt="a"/></picture>',
    '<video poster="WAY.svg" src="WAY.svg"></video>',
    '<audio src="WAY.svg"></audio>',
    '<object data="WAY.svg"></object>',
    '<embed src="WAY.svg"/>',
    '<iframe src="WAY.xhtml"></iframe>',
    '<link rel="attachment" href="WAY.md"/>',
    '<link rel="stylesheet" href="WAY.css"/>',
    '<p><a rel="attachment" href="WAY.md">a</a></p>',
    "<style>@import 'WAY.css'; p {background: url(WAY.svg)}</style>",
    '<p style="background: url(WAY.svg)">a</p>',
    "<p style=\"list-style: u\\72l('WAY.svg'); content: url(WAY.svg)\">a</p>",
    '<table background="WAY.svg"><tr><td background="WAY.svg">a</td></tr></table>',
    '<svg viewBox="0 0 1 1"><image href="WAY.svg"/><use href="WAY.svg#a"/></svg>',
    '<svg viewBox="0 0 1 1"><g fill="url(WAY.svg#a)"/><style>@import "WAY.css"</style></svg>',
    '<svg viewBox="0 0 1 1" xml:base="/HOME/outside/"><image href="secret.svg"/></svg>',
    '<math><mi href="WAY.md">a</mi></math>',
    '<!DOCTYPE p [<!ENTITY a SYSTEM "WAY.md">]><p>&a;</p>',
    '<?xml-stylesheet href="WAY.css"?>',
    '<p xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="WAY.md"/></p>',
    '<form action="WAY.md"><input type="image" src="WAY.svg"/></form>',
    "![a](drawing.svg)",
)
DRAWING = (
    f'<?xml-stylesheet href="WAY.css"?><!DOCTYPE svg [<!ENTITY a SYSTEM "WAY.md">]>{SVG}>'
    '<style>@import "WAY.css"; @font-face {font-family: a; src: url(WAY.svg)}</style>&a;'
    '<image xlink:href="WAY.svg"/><use href="WAY.svg#a"/><rect fill="url(WAY.svg#a)"/></svg>'
)
STYLE = (
    '@import "WAY.css"; @import url(WAY.css); @font-face {font-family: a; src: url(WAY.svg)}\n'
    "p {background: url(WAY.svg); font-family: a} ul {list-style: url(WAY.svg)}\n"
    "@page {background: url('WAY.svg')} h1::before {content: url(WAY.svg)}\n"
)
TEMPLATES = {
    "title-page.xhtml": "{% include 'WAY.xhtml' %}",
    "half-title.xhtml": "{% import 'WAY.xhtml' as away %}{{ away }}",
    "copyright.xhtml": "{% extends 'WAY.xhtml' %}",
    "contents.xhtml": '<p><img src="WAY.svg" alt=""/><link rel="attachment" href="WAY.md"/></p>',
    "colophon.xhtml": "{{ cycler.__init__.__globals__.os.popen('cat WAY.md').read() }}",
    "cover.xhtml": '<p style="background: url(WAY.svg)">a<img src="WAY.svg" alt=""/></p>',
    "cover.css": STYLE,
    "book.css": STYLE + "".join(STYLE.replace("WAY", way) for way in WAYS[1:5]),
}


@dataclass(frozen=True, slots=True)
class Watched:
    """What the press did: the files it opened, the hosts it spoke to, the programs it started."""

    files: frozenset[Path]
    hosts: frozenset[str]
    programs: frozenset[str]

    def below(self, folder: Path) -> set[str]:
        """Return the files it opened below a folder."""
        return {str(path) for path in self.files if path.is_relative_to(folder)}


def _watched(home: Path, *commands: str) -> Watched:
    """Run commands in a program that tells what it does."""
    watch = home / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(WATCH, "utf-8")
    (watch / "run.py").write_text(RUN, "utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(watch),
        "OCTAVO_WATCH": str(watch / "log"),
    }
    done = subprocess.run(
        [sys.executable, str(watch / "run.py"), *commands],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    told = [row.split("\t", 1) for row in (watch / "log").read_text("utf-8").splitlines()]
    return Watched(
        frozenset(Path(os.path.realpath(what)) for event, what in told if event in FILES),
        frozenset(what for event, what in told if event.startswith("socket.")),
        frozenset(Path(what).name for event, what in told if event in PROGRAMS),
    )


FILES = frozenset({"open", "os.listdir", "os.scandir"})
PROGRAMS = frozenset({"subprocess.Popen", "os.system", "os.exec"})
SHELLS = frozenset({"sh", "bash", "cat"})
"""What a template would start; to find its libraries, WeasyPrint may ask compilers and linkers."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with something in it that is outside of every book."""
    folder = tmp_path.resolve()
    (folder / "outside").mkdir()
    for name, text in OUTSIDE.items():
        (folder / "outside" / name).write_text(text, "utf-8")
    return folder


def _book(home: Path, name: str, way: str, files: dict[str, str]) -> Path:
    """Write a book that names, one way, what lies outside of it."""
    book = home / "books" / name
    (book / "images").mkdir(parents=True)
    (book / "images" / "a.md").write_text("# In here\n", "utf-8")
    for path, text in files.items():
        file = book / path
        file.parent.mkdir(parents=True, exist_ok=True)
        here = text.replace("WAY", way).replace("/HOME", home.as_posix())
        file.write_text(here, "utf-8")
    (book / "linked").symlink_to(home / "outside", target_is_directory=True)
    for kind in OUTSIDE:
        (book / "link").with_suffix(Path(kind).suffix).symlink_to(home / "outside" / kind)
    return book


def _yaml(text: str) -> str:
    return f"title: A\nidentifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n{text}"


NAMING = (
    "contents: ['WAY.md', images/a.md]\n",
    "contents: {front: ['WAY.md'], body: [{part: 'WAY.md', chapters: ['WAY.md', images/a.md]}]}\n",
    "copyright-note: 'WAY.md'\n",
    "cover: 'WAY.svg'\nreferences: ['WAY.json']\ncitations: '/HOME/outside/secret'\n",
)
CHAPTERS = {
    f"{number}.md": f"---\ntitle: '![a](WAY.svg)'\nepigraph: '![a](WAY.svg)'\n---\n{block}\n"
    for number, block in enumerate(BLOCKS)
}
PAGES = "[half-title, title-page, copyright, contents, CHAPTERS, colophon]"


def test_no_place_that_names_a_file_leads_out_of_the_book(home: Path) -> None:
    """Whatever book.yaml and the text name, and however, nothing outside is opened or asked."""
    books = [
        _book(home, f"{number}-{key}", way, {"book.yaml": _yaml(naming)})
        for number, way in enumerate(WAYS)
        for key, naming in enumerate(NAMING)
    ]
    texts = [
        _book(home, str(number), way, {"book.yaml": _yaml(""), "drawing.svg": DRAWING, **CHAPTERS})
        for number, way in enumerate(WAYS)
    ]

    watched = _watched(home, *(f"check|{book}" for book in (*books, *texts)))

    assert watched.below(home / "outside") == set()
    assert (watched.hosts, watched.programs) == (frozenset(), frozenset())
    assert watched.below(texts[0]) >= {str(texts[0] / "book.yaml"), str(texts[0] / "1.md")}


def test_no_template_and_no_stylesheet_leads_out_of_the_book(home: Path) -> None:
    """Whatever a book's own design names, both presses open nothing outside, and start nothing."""
    contents = f"contents: {PAGES.replace('CHAPTERS', '0.md, 16.md, 18.md, 19.md')}\n"
    design = {f"templates/{name}": text for name, text in TEMPLATES.items()}
    files = {"book.yaml": _yaml(contents), **CHAPTERS, **design}
    book = _book(home, "one", WAYS[0], files)
    (book / "templates" / "epub.css").symlink_to(home / "outside" / "secret.css")
    (book / "templates" / "opening.xhtml").symlink_to(home / "outside" / "secret.xhtml")

    watched = _watched(home, f"build|--draft|{book}")

    assert watched.below(home / "outside") == set()
    assert watched.hosts == frozenset()
    assert watched.programs & SHELLS == frozenset()
    assert str(book / "templates" / "book.css") in watched.below(book)
    assert len(list((book / "out").iterdir())) == 2


def test_a_folder_of_templates_that_is_a_link_is_not_followed(home: Path) -> None:
    """A folder, a book.yaml or a manuscript that is a link to elsewhere is refused."""
    book = _book(home, "one", "link", {"book.yaml": _yaml(""), "one.md": "# One\n"})
    (book / "templates").symlink_to(home / "outside", target_is_directory=True)
    other = _book(home, "two", "link", {"one.md": "# One\n"})
    (home / "outside" / "book.yaml").write_text(_yaml(""), "utf-8")
    (other / "manuscript").symlink_to(home / "outside", target_is_directory=True)
    third = _book(home, "three", "link", {"one.md": "# One\n"})
    (third / "book.yaml").symlink_to(home / "outside" / "book.yaml")

    watched = _watched(home, *(f"check|{each}" for each in (book, other, third)))

    assert watched.below(home / "outside") == set()
    assert watched.below(book) >= {str(book / "book.yaml")}
