"""The page: where the text stands on it."""

from __future__ import annotations

import pytest

from octavo.model import Trim
from octavo.press.pdf.geometry import Geometry, geometry_of, page_rule

TRIMS = [Trim(306, 495), Trim(360, 576), Trim(396, 612), Trim(432, 648), Trim(612, 792)]


def test_the_digest_page_has_the_margins_it_was_designed_with() -> None:
    """A page of 5.5 by 8.5 inches holds 35 lines of 285 points between 60 and 51."""
    geometry = geometry_of(Trim(396, 612))

    assert geometry == Geometry(396, 612, 60, 51, 54, 68, 285, 35, 14)


@pytest.mark.parametrize("trim", TRIMS)
def test_margins_and_text_fill_the_page(trim: Trim) -> None:
    """Margins and text together are the page, to the point."""
    geometry = geometry_of(trim)

    assert geometry.inner + geometry.measure + geometry.outer == trim.width
    assert geometry.top + geometry.lines * geometry.leading + geometry.bottom == trim.height


@pytest.mark.parametrize("trim", TRIMS)
def test_the_gutter_is_the_widest_side(trim: Trim) -> None:
    """A glued book hides some of its inner margin, so that one is never the narrower."""
    geometry = geometry_of(trim)

    assert geometry.inner >= geometry.outer > 0
    assert geometry.bottom >= geometry.top > 0


def test_no_line_is_too_long_to_read() -> None:
    """However wide the page, the measure stays within thirty picas."""
    assert geometry_of(Trim(612, 792)).measure == 360


def test_every_page_is_typeset_as_a_recto() -> None:
    """The page rule has the gutter on the left: top, outer, bottom, inner."""
    rule = page_rule(geometry_of(Trim(396, 612)))

    assert "margin: 54pt 51pt 68pt 60pt" in rule
