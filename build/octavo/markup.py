"""XML in and out of :class:`~octavo.model.Element`: the one parser and the one serializer.

Nothing is repaired: what is not well-formed is refused with its line.  No entity is expanded but
the five of XML and the named characters of HTML, no DTD is read, and nothing is fetched.
Comments say nothing, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from html import escape
from html.entities import html5
from xml.parsers import expat

from octavo.model import Element, Node

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements that XHTML writes empty (HTML Living Standard, 13.1.2)."""
BLOCKS = frozenset(
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5"
    " h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul caption".split()
)
"""Elements that stand on lines of their own."""
DEEPEST = 200
"""How many elements may stand inside each other: trees are walked by recursion."""
NAME_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME_CHARACTERS = f"{NAME_START}0-9.\xb7\u0300-\u036f\u203f-\u2040-"
"""For a class of a regular expression (Namespaces in XML 1.0, NCName; XML 1.0, 2.3)."""
_NAME = re.compile(f"[{NAME_START}][{NAME_CHARACTERS}]*")
_NAMED = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|&([A-Za-z][A-Za-z0-9]*;)", re.DOTALL)
"""A named character, or what must be passed over because it names none."""
_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
"""The names that XML itself knows (XML 1.0, 4.6)."""
_QUOTED = {ord(character): f"&#{ord(character)};" for character in "\t\n\r"}
"""White space that a reader of XML makes a space of, where it stands in an attribute."""


Change = Callable[[Element], Node | tuple[Node, ...]]
"""What is made of an element, its children having been seen to."""


class MarkupError(ValueError):
    """XML that is not well-formed: what is wrong, and the line in the text given."""

    def __init__(self, message: str, line: int) -> None:
        """Keep the message and the line, counted from 1."""
        super().__init__(message)
        self.message = message
        self.line = line


def parse(text: str, line: int = 1) -> tuple[Node, ...]:
    """Parse a well-formed XHTML fragment; its first line is ``line`` of the source.

    Raises:
        MarkupError: the fragment is not well-formed XML.
    """
    return joined(_Reader(line).read(text))


class _Reader:
    """Expat's events, gathered into elements: one stack of those that are still open."""

    def __init__(self, line: int) -> None:
        self.before = line - 1
        self.stack: list[tuple[tuple[tuple[str, str], ...], int, list[Node]]] = [((), 0, [])]
        self.parser = expat.ParserCreate()
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.ProcessingInstructionHandler = self.instruction

    @property
    def line(self) -> int:
        return self.before + self.parser.CurrentLineNumber

    def read(self, text: str) -> tuple[Node, ...]:
        """Return the nodes of a fragment, which may have several roots."""
        try:
            # The wrapper gives the fragment one root; it takes no line of its own.
            self.parser.Parse(f"<fragment>{_numbered(text, self.before)}</fragment>", True)
        except expat.ExpatError as problem:
            message = expat.errors.messages[problem.code]
            raise MarkupError(message, self.before + problem.lineno) from problem
        (fragment,) = (node for node in self.stack[0][2] if isinstance(node, Element))
        return fragment.children

    def start(self, _tag: str, flat: list[str]) -> None:
        # Two of the stack are the text as a whole and the wrapper.
        if len(self.stack) - 2 >= DEEPEST:
            raise MarkupError(f"more than {DEEPEST} elements stand inside each other", self.line)
        pairs = tuple(zip(flat[::2], flat[1::2], strict=True))
        self.stack.append((pairs, self.line, []))

    def end(self, tag: str) -> None:
        attributes, line, children = self.stack.pop()
        self.characters(Element(tag, attributes, tuple(children), line))

    def characters(self, node: Node) -> None:
        self.stack[-1][2].append(node)

    def instruction(self, target: str, _: str) -> None:
        raise MarkupError(f"“<?{target} …?>” is an instruction to a program, not text", self.line)


def _numbered(text: str, before: int) -> str:
    """Return markup with the names of characters, which XML does not know, made numbers."""

    def number(found: re.Match[str]) -> str:
        name = found[1]
        if name is None or name in _XML:
            return found.group()
        if name not in html5:
            line = before + 1 + text.count("\n", 0, found.start())
            raise MarkupError(f"“&{name}” is not a character that HTML names", line)
        return "".join(f"&#{ord(character)};" for character in html5[name])

    return _NAMED.sub(number, text) if "&" in text else text


def joined(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return the nodes with neighbouring texts joined and empty texts dropped."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str) and result and isinstance(result[-1], str):
            result[-1] += node
        elif node != "":
            result.append(node)
    return tuple(result)


def is_name(text: str) -> bool:
    """Tell whether a text can be an id in XHTML."""
    return _NAME.fullmatch(text) is not None


def serialize(*nodes: Node) -> str:
    """Return the nodes as XHTML text, exactly: no white space is added or lost."""
    pieces: list[str] = []
    for node in nodes:
        _write(node, pieces.append)
    return "".join(pieces)


def _write(node: Node, write: Callable[[str], object]) -> None:
    if isinstance(node, str):
        write(escape(node, quote=False))
        return
    write(f"<{node.tag}")
    for name, value in node.attributes:
        write(f' {name}="{escape(value).translate(_QUOTED)}"')
    if not node.children and node.tag in VOID:
        write("/>")
        return
    write(">")
    for child in node.children:
        _write(child, write)
    write(f"</{node.tag}>")


def text_of(*nodes: Node) -> str:
    """Return the text of the nodes without markup; notes and citations keep their children's."""
    return "".join(node for node in _every(nodes) if isinstance(node, str))


def walk(*nodes: Node) -> Iterator[Element]:
    """Return every element among the nodes and below them, in document order."""
    return (node for node in _every(nodes) if isinstance(node, Element))


def _every(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes and all below them; a tree may be deeper than functions may call."""
    waiting = [*nodes][::-1]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Element):
            waiting += node.children[::-1]


def rewrite(node: Node, change: Change, leave: Container[str] = ()) -> tuple[Node, ...]:
    """Return what becomes of a node when ``change`` is applied to its elements, leaves first.

    Elements of the names in ``leave`` stay as they are, with all that is in them.
    """
    if isinstance(node, str) or node.tag in leave:
        return (node,)
    children = rewrite_all(node.children, change, leave)
    changed = change(node if children == node.children else replace(node, children=children))
    return changed if isinstance(changed, tuple) else (changed,)


def rewrite_all(
    nodes: Iterable[Node], change: Change, leave: Container[str] = ()
) -> tuple[Node, ...]:
    """Apply :func:`rewrite` to a row of nodes."""
    return joined(new for node in nodes for new in rewrite(node, change, leave))


def with_attributes(element: Element, **changes: str | None) -> Element:
    """Return the element with attributes set or, for None, removed.

    Underscores in names stand for hyphens and a double one for a colon, so ``class_`` works too.
    """
    attributes = dict(element.attributes)
    for key, value in changes.items():
        name = key.rstrip("_").replace("__", ":").replace("_", "-")
        if value is None:
            attributes.pop(name, None)
        else:
            attributes[name] = value
    return replace(element, attributes=tuple(attributes.items()))
