"""A photograph rebuilt from its pixels: nothing else of the file that came survives.

The pixels go into a new, empty picture, and that is written as JPEG. So there is no EXIF, XMP,
IPTC, comment, thumbnail, colour profile or hidden chunk left to look for, whatever it was called.
The file is hostile until then: its size, dimensions and scans are looked at before it is decoded.
"""

import re
from io import BytesIO

from PIL import Image, ImageFile, ImageOps

from bot.darkroom import FILE_BYTES, NotAPhotoError
from desk.photos import Photo

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# Decoded, a pixel takes 3 or 4 bytes; JPEG is decoded at an eighth to a half of its size, but a
# progressive one keeps its coefficients, 3 bytes for each pixel.
JPEG_PIXELS, OTHER_PIXELS = 50_000_000, 25_000_000
SCANS = 64  # of a JPEG: a progressive one has about 10, a file made to keep us busy has thousands
SIDE, SMALL_SIDE = 2048, 240  # pixels; a number plate across the street is still read at 2048
WHOLE_BYTES, SMALL_BYTES = 2**20, 16 * 2**10
QUALITIES = (82, 70, 55, 40)

SEGMENTS = 2000  # of a JPEG; cameras write some dozens
_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")  # the rest stand within a scan
_SCAN, _END = 0xDA, 0xD9
_WHITE = (255, 255, 255)

# A file that is cut off is refused, never filled up with grey.
ImageFile.LOAD_TRUNCATED_IMAGES = False


def rebuild(file: bytes) -> Photo:
    """The picture as a clean JPEG, and a small copy of it.

    Raises:
        NotAPhotoError: another kind of file, broken, or too large.
    """
    if len(file) > FILE_BYTES:
        raise NotAPhotoError
    try:
        whole = _pixels(file)
        small = whole.copy()
        return Photo(_jpeg(whole, SIDE, WHOLE_BYTES), _jpeg(small, SMALL_SIDE, SMALL_BYTES))
    except NotAPhotoError:
        raise
    except Exception as error:  # decoders of four formats fail in many ways
        raise NotAPhotoError from error


def _pixels(file: bytes) -> Image.Image:
    """Nothing but pixels, upright, red-green-blue, at most `SIDE` wide and high."""
    with Image.open(BytesIO(file), formats=FORMATS) as found:
        _check(found, file)
        found.draft("RGB", (SIDE, SIDE))  # JPEG alone: decodes no more than is needed
        found.load()
        bare = _flat(_upright(found))
    bare.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return Image.frombytes("RGB", bare.size, bare.tobytes())


def _check(found: Image.Image, file: bytes) -> None:
    """Raises NotAPhotoError before anything large is decoded."""
    width, height = found.size
    is_jpeg = found.format in ("JPEG", "MPO")  # MPO: several JPEGs in a row, the first one counts
    if not 0 < width * height <= (JPEG_PIXELS if is_jpeg else OTHER_PIXELS):
        raise NotAPhotoError
    if is_jpeg and _scans(file) > SCANS:
        raise NotAPhotoError


def _scans(file: bytes) -> int:
    """How often a JPEG makes its decoder go over the whole picture."""
    scans, at = 0, 2
    for _ in range(SEGMENTS):
        found = _MARKER.search(file, at)
        if found is None or found[1][0] == _END:
            return scans
        scans += found[1][0] == _SCAN
        at = found.end() + max(2, int.from_bytes(file[found.end() : found.end() + 2]))
    return SCANS + 1


def _upright(found: Image.Image) -> Image.Image:
    """Turned as the camera was held; whoever wrote nonsense about that gets it as it lies."""
    try:
        return ImageOps.exif_transpose(found)
    except Exception:  # noqa: BLE001 # EXIF is somebody else's bytes
        return found


def _flat(found: Image.Image) -> Image.Image:
    """On white where it was see-through."""
    if found.mode in ("RGBA", "LA", "PA") or "transparency" in found.info:
        seen = found.convert("RGBA")
        paper = Image.new("RGB", seen.size, _WHITE)
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return found.convert("RGB")


def _jpeg(picture: Image.Image, side: int, at_most: int) -> bytes:
    """As JPEG of at most so many bytes: first at lower quality, then smaller."""
    while True:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        for quality in QUALITIES:
            out = BytesIO()
            picture.save(out, "JPEG", quality=quality)
            if out.tell() <= at_most:
                return out.getvalue()
        side = side * 3 // 4
