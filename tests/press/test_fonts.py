"""The faces of the press: static, truly named, licensed, and the same every time."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from octavo.press.fonts import Face, characters_of, faces, font_css, subset
from octavo.store import Store

ALL = faces(Store())


def opened(font: bytes) -> TTFont:
    """Return a font as fontTools reads it."""
    return TTFont(BytesIO(font))


def features(font: bytes) -> set[str]:
    """Return the tags of a font's substitution features."""
    return {record.FeatureTag for record in opened(font)["GSUB"].table.FeatureList.FeatureRecord}


def names(font: bytes) -> dict[int, str]:
    """Return the English names of a font by number."""
    return {r.nameID: str(r) for r in opened(font)["name"].names if r.langID == 0x409}


def shapes(font: bytes) -> set[str]:
    """Return the characters that have a shape."""
    return {chr(code) for code in opened(font).getBestCmap()}


@pytest.fixture(params=ALL, ids=lambda face: face.name)
def face(request: pytest.FixtureRequest) -> Face:
    """Return each face in turn."""
    assert isinstance(request.param, Face)
    return request.param


def test_families() -> None:
    """Each family has regular and semibold, roman and italic."""
    styles = {(face.family, face.weight, face.italic) for face in ALL}

    assert len(styles) == len(ALL) == 12
    assert {family for family, _, _ in styles} == {"EB Garamond", "Octavo Sans", "JetBrains Mono"}
    assert {(weight, italic) for _, weight, italic in styles} == {
        (400, False),
        (400, True),
        (600, False),
        (600, True),
    }


def test_static(face: Face) -> None:
    """No face has an axis left, nor a table that speaks of one."""
    assert not {"fvar", "gvar", "avar", "STAT", "HVAR", "MVAR", "DSIG"} & set(
        opened(face.data).keys()
    )


def test_weight_and_slope(face: Face) -> None:
    """What the font says of itself is what the face says of it."""
    font = opened(face.data)

    assert font["OS/2"].usWeightClass == face.weight
    assert bool(font["OS/2"].fsSelection & 1) is face.italic
    assert bool(font["head"].macStyle & 2) is face.italic
    assert (font["post"].italicAngle != 0) is face.italic


def test_weights_differ() -> None:
    """A semibold has heavier strokes: its letters are drawn otherwise than the regular's."""
    by_style = {(face.family, face.weight, face.italic): face for face in ALL}
    for family, _, italic in by_style:
        light, heavy = (
            opened(by_style[family, weight, italic].data)["glyf"]["l"] for weight in (400, 600)
        )

        assert heavy.xMax - heavy.xMin > light.xMax - light.xMin


def test_names(face: Face) -> None:
    """Family, style and PostScript name are right for old systems and for new ones."""
    told = names(face.data)
    slope = "Italic" if face.italic else "Regular"

    assert told.get(16, told[1]) == face.family
    assert told[2] == slope
    assert told[6] == face.name
    assert (17 in told) is (face.weight != 400)
    assert not set(told[6]) & set(" ()[]{}<>/%")


def test_reserved_name(face: Face) -> None:
    """The name that Source Sans reserves is borne by no face, and its notices are kept."""
    told = names(face.data)

    assert not any("Source" in told.get(number, "") for number in (1, 3, 4, 6, 16, 18, 21, 25))
    assert "Copyright" in told[0] or "©" in told[0]
    assert "SIL Open Font License" in told[13]


def test_features() -> None:
    """The text face keeps small capitals, figures and ligatures."""
    roman = next(face for face in ALL if face.name == "EBGaramond-Regular")

    assert {"smcp", "c2sc", "onum", "lnum", "liga", "sups", "frac"} <= features(roman.data)


def test_same_bytes() -> None:
    """Faces made twice are the same to the byte: no clock goes into them."""
    dates = {opened(face.data)["head"].modified for face in ALL}

    assert faces(Store()) == ALL
    assert dates == {timedelta(days=365 * 116 + 29).total_seconds()}


def test_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces are made once and then come from the store."""
    made = faces(Store(tmp_path))
    monkeypatch.setattr("octavo.press.fonts._instance", None)

    assert faces(Store(tmp_path)) == made


def test_css() -> None:
    """Every face has its rule, with the address that the medium gives it."""
    css = font_css(ALL[:2], lambda face: f"fonts/{face.name}.ttf")

    assert css == (
        '@font-face { font-family: "EB Garamond"; font-weight: 400; font-style: normal;'
        ' src: url("fonts/EBGaramond-Regular.ttf"); }\n'
        '@font-face { font-family: "EB Garamond"; font-weight: 400; font-style: italic;'
        ' src: url("fonts/EBGaramond-Italic.ttf"); }\n'
    )


def test_subset(face: Face) -> None:
    """A cut keeps the characters asked for, the notices, and little else."""
    cut = subset(face, "Octavo 1571é")

    assert shapes(cut) == set("Octavo 1571é")
    assert len(cut) < len(face.data) / 5
    assert {0, 6, 13, 14} <= set(names(cut))


def test_subset_follows_features() -> None:
    """Small capitals of the letters asked for come along; those of others do not."""
    roman = ALL[0]
    plain, small = (opened(subset(roman, "abc", wanted)) for wanted in ((), ("smcp",)))

    assert "smcp" in features(subset(roman, "abc", ("smcp",)))
    assert len(small.getGlyphOrder()) >= len(plain.getGlyphOrder()) + 3


def test_subset_of_absent_characters(face: Face) -> None:
    """A character without a shape is simply not in the cut."""
    assert shapes(subset(face, "a\U00013000")) == {"a"}


def test_characters() -> None:
    """A face knows which characters it can show."""
    known = characters_of(ALL[0])

    assert {"a", "ß", "—", "❦"} <= known
    assert "漢" not in known
