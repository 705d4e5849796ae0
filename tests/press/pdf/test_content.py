"""What stands in the text is set as it was written: lists with their numbers, whole pictures."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image as Picture
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from octavo.model import Image, Matter

if TYPE_CHECKING:
    from tests.press.pdf.conftest import Binder, Maker

    from octavo.model import Artifact


def texts(artifact: Artifact) -> list[str]:
    with pypdfium2.PdfDocument(artifact.data) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_a_list_begins_with_the_number_it_was_given(make: Maker, bound: Binder) -> None:
    """``start`` and ``value`` count in print as they do in the EPUB."""
    html = '<ol start="1986"><li>comet</li></ol><ol><li>one</li><li value="7">seven</li></ol>'

    artifact, _ = bound(make.rendition(make.leaf("c1", "chapter", Matter.BODY, html)))

    words = texts(artifact)[0].split()
    assert sorted(words) == sorted(["1", "1986.", "comet", "1.", "one", "7.", "seven"])


@pytest.mark.parametrize("size", [(108, 192), (60, 240), (300, 120)])
def test_a_picture_stays_whole_and_with_its_caption(
    make: Maker, bound: Binder, size: tuple[int, int]
) -> None:
    """A picture of any shape is neither cut nor squeezed, and its caption is on its page."""
    out = BytesIO()
    Picture.new("L", size, 128).save(out, "PNG")
    picture = Image("p.png", "image/png", *size, out.getvalue())
    style = "<style>img { width: 100% !important; object-fit: contain } figure { margin: 0;"
    html = (
        f"{style} break-inside: avoid }}</style><p>{make.words(60)}</p>"
        '<figure><img src="p.png" alt=""/><figcaption>The caption</figcaption></figure>'
    )

    artifact, findings = bound(
        make.rendition(make.leaf("c1", "chapter", Matter.BODY, html), images={"p.png": picture})
    )

    with pypdfium2.PdfDocument(artifact.data) as document:
        drawn = [
            (number, thing.get_bounds())
            for number, page in enumerate(document)
            for thing in page.get_objects([FPDF_PAGEOBJ_IMAGE])
        ]
    ((page_number, (left, bottom, right, top)),) = drawn
    assert findings == []
    assert (right - left) / (top - bottom) == pytest.approx(size[0] / size[1], rel=0.01)
    assert bottom > 60
    assert "The caption" in texts(artifact)[page_number]
