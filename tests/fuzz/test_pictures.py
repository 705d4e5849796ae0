"""Pictures: whatever a file holds, it is measured, or refused with a reason."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image as Raster
from tests.fuzz.conftest import fuzzed, patience, wounded

from octavo.manuscript.pictures import MEDIA_TYPES, MOST_PIXELS, PictureError, picture

SIZE = 24, 17


def _saved(form: str, mode: str = "RGB", **options: object) -> bytes:
    out = BytesIO()
    Raster.radial_gradient("L").resize(SIZE).convert(mode).save(out, form, **options)
    return out.getvalue()


def _frames(form: str) -> bytes:
    mode = "P" if form == "GIF" else "RGB"
    frames = [Raster.new(mode, SIZE, colour) for colour in range(4)]
    return _saved(form, mode, save_all=True, append_images=frames, duration=50, loop=0)


EXIF = Raster.Exif()
EXIF[0x0112], EXIF[0x010E] = 6, "a camera"
SAMPLES = (
    *(_saved("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
    *(_saved("JPEG", mode) for mode in ("L", "RGB", "CMYK")),
    *(_saved("JPEG", progressive=True, exif=EXIF, comment=b"c", icc_profile=b"i" * 300),),
    *(_saved("PNG", exif=EXIF, icc_profile=b"i" * 300, dpi=(300, 300)), _saved("MPO")),
    *(_saved("GIF", "P"), _saved("GIF", "P", transparency=1), _saved("WEBP", lossless=True)),
    *(_saved("WEBP"), _saved("WEBP", "RGBA"), _saved("BMP"), _saved("TIFF"), _saved("PPM")),
    *(_frames(form) for form in ("PNG", "GIF", "WEBP", "MPO")),
)


def _chunk(name: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc)


PIECES = (
    *(b"\xff\xd8\xff", b"\xff\xda", b"\xff\xe2\x00\x10MPF\x00", b"\xff\xee\x00\x0eAdobe", b"IDAT"),
    *(
        _chunk(name, b"\x00" * 40)
        for name in (b"acTL", b"fcTL", b"PLTE", b"tRNS", b"cHRM", b"eXIf")
    ),
    *(_chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)) for side in (0, 1 << 15)),
    *(_chunk(name, b"k\x00\x00" + zlib.compress(b"0" * 99_999)) for name in (b"zTXt", b"iCCP")),
    *(b"GIF89a\xff\xff\xff\xff", b"\x21\xf9\x04", b"VP8X\x0a\x00\x00\x00", b"ANMF", b"ALPH"),
    *(b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x80\x00\x00\x00", b"\x7f\xff\xff\xff"),
)
HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF\xff\x00\x00\x00WEBP")


def _wide(width: int, height: int, depth: int, colours: int, content: bytes) -> bytes:
    """Return a PNG that says it is as large as it likes."""
    head = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(content)), _chunk(b"IEND", b""))
    return HEADS[0] + b"".join(chunks)


SIDES = st.integers(0, 20_000) | st.integers(0, 0xFFFFFFFF)
WIDE = st.builds(
    _wide, SIDES, SIDES, st.sampled_from([1, 2, 4, 8, 16]), st.sampled_from([0, 2, 3, 4, 6]),
    st.binary(max_size=99),
)  # fmt: skip
SHOT = _saved("JPEG", exif=EXIF)
"""A picture with what a camera says of it; Pillow warns where that is damaged."""
ONE_TAG = b"\x01\x12\x00\x03\x00\x00\x00\x01"
"""How the camera begins to say which way up it was held: a tag of one short number."""
PLAIN = st.builds(bytes.__add__, st.sampled_from(HEADS), st.binary())


@fuzzed
@given(wounded(SAMPLES, PIECES) | WIDE | PLAIN, st.sampled_from(["a.png", "a.jpg", "a", "a.md"]))
@example(SHOT.replace(ONE_TAG, b"\x01\x12\x00\x03\x00\x00\xff\x01"), "a.jpg")
def test_any_picture_is_measured_or_refused(content: bytes, name: str) -> None:
    """Bytes are a picture of a size that a book can hold, or refused in words: nothing else."""
    try:
        with patience():
            image = picture(name, content)
    except PictureError as problem:
        said = name in problem.message and bool(problem.hint)
    else:
        said = image.media_type in MEDIA_TYPES.values()
        said = said and 0 < image.width * image.height <= MOST_PIXELS

    assert said


@pytest.mark.parametrize("content", [SHOT, _frames("MPO")], ids=["one", "two in one file"])
def test_a_picture_as_cameras_write_it_is_a_picture(content: bytes) -> None:
    """What a camera says of a JPEG, and what it puts behind it, keeps none out of a book."""
    assert picture("a.jpg", content).media_type == "image/jpeg"
