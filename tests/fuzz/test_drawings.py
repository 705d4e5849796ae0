"""Drawings: whatever an SVG holds, it is measured, or refused with a reason."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from tests.fuzz.conftest import fuzzed, patience, wounded

from octavo.manuscript.pictures import PictureError, picture

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DTD = (
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
    ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
)
SAMPLES = tuple(
    text.encode()
    for text in (
        (
            f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n{DTD}\n{HEAD} width="4cm"'
            ' viewBox="0 0 8 8"><!-- A --><defs><linearGradient id="g"><stop offset="0"/>'
            '</linearGradient><g id="a"><path d="M0 0L8 8"/></g></defs><use xlink:href="#a"/>'
            '<rect width="8" height="8" fill="url(#g)" style="stroke: url(#g)"/></svg>'
        ),
        (
            f'{HEAD} viewBox="0,0,200,100" height="50px"><style>.a {{fill: red}}</style>'
            '<text class="a"><![CDATA[a < b]]>&amp;&#233;</text><a href="https://a.b">x</a></svg>'
        ),
        f'{HEAD}><image href="data:image/png;base64,AA=="/><pattern id="p"/><mask id="m"/></svg>',
    )
)
TAGS = ("g", "use", "image", "style", "script", "foreignObject", "a", "pattern", "marker", "mask")
NAMES = (
    *("href", "xlink:href", "src", "xml:base", "style", "fill", "onload", "id", "class", "width"),
    *("height", "viewBox", "clip-path", "marker-start", "filter", "d", "transform", "x"),
)
VALUES = (
    *("#a", "#b", "url(#a)", "url('#b')", "url(b.svg#c)", "http://a.b/c", "//a.b", "file:///etc"),
    *(
        "../a.png",
        "data:image/png;base64,AAAA",
        "data:text/html,x",
        "data:image/svg+xml,%3Csvg/%3E",
    ),
    *("javascript:x", "@import 'a.css'", "u\\72l(x)", "0 0 1e9 1e9", "1e999", "-1", "NaN", "50%"),
    *("a", "b", "", "M0 0" + "L1 1" * 50, "scale(1e300)", "1 2 3", "image-set('a.png' 1x)"),
)
TEXTS = ("", "x", ".a {fill: url(#a)}", "@import 'x'", "&amp;", "&x;", "<![CDATA[x]]>", "<?x y?>")


def _element(tag: str, attributes: dict[str, str], inside: list[str]) -> str:
    pairs = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{pairs}>{''.join(inside)}</{tag}>"


ATTRIBUTES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=4)
INSIDE = st.recursive(
    st.sampled_from(TEXTS),
    lambda inner: st.builds(
        _element, st.sampled_from(TAGS), ATTRIBUTES, st.lists(inner, max_size=4)
    ),
    max_leaves=10,
)
DRAWN = st.builds(
    lambda head, attributes, inside: (
        f"{head}{_element(HEAD[1:], attributes, inside)}".replace("</" + HEAD[1:], "</svg")
    ).encode(),
    st.sampled_from(["", '<?xml version="1.0"?>', DTD, "<!DOCTYPE svg>", "\ufeff"]),
    ATTRIBUTES,
    st.lists(INSIDE, max_size=4),
)
ENTITIES = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "/etc/hosts">]>'
PIECES = (
    *(b"<g>", b"</g>", b"<svg>", b"<use href='#a'/>", b"<script/>", b"<foreignObject/>", ENTITIES),
    *(b"<!DOCTYPE svg SYSTEM 'a.dtd'>", b"<?xml-stylesheet href='a.css'?>", b"&a;", b"%a;", b"]]>"),
    *(b"encoding='utf-7'", b"encoding='x'", b"encoding='cp037'", b"encoding='zlib'", b"UTF-16"),
    *(b"\x00", b"\xff\xfe", b"<g>" * 300, b"<?xml version='1.1'?>", b" xmlns='x'", b"url(", b"\\"),
)


@fuzzed
@given(DRAWN | wounded(SAMPLES, PIECES))
@example(f'<?xml version="1.0" encoding="TF-8"?>{HEAD}/>'.encode())
@example(f'<?xml version="1.0" encoding="utf-7"?>{HEAD}/>'.encode())
@example(f'{HEAD} id=""><use href="#"/></svg>'.encode())
def test_any_drawing_is_measured_or_refused(content: bytes) -> None:
    """An SVG has a size, or is refused in words that name it: nothing else becomes of it."""
    try:
        with patience():
            image = picture("a.svg", content)
    except PictureError as problem:
        said = "a.svg" in problem.message and bool(problem.hint)
    else:
        said = image.width > 0 and image.height > 0

    assert said
