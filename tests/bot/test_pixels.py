"""What is left of a photograph: its pixels, and nothing else of the file."""

import asyncio
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Event

import pytest
from PIL import Image

from bot import pixels
from bot.darkroom import AT_ONCE, FILE_BYTES, BusyError, Darkroom, NotAPhotoError
from bot.pixels import rebuild
from desk.photos import Photo
from tests import pictures

CORPUS = dict(pictures.files())
# Start, JFIF, tables, frame, tables, scan, end: what a JPEG of bare pixels is made of.
BARE = {0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xD9}


def test_the_corpus_is_large_and_full_of_what_must_go() -> None:
    marked = [name for name, body in CORPUS.items() if pictures.CANARY in body]

    assert len(CORPUS) >= 200
    # zTXt and iCCP are packed; a JFXX thumbnail and the rest carry the word as it is.
    assert len(marked) >= 150
    assert {name.rpartition(".")[2] for name in CORPUS} == {"jpg", "png", "webp", "gif"}
    for marker in (b"Exif\0", b"8BIM", b"ICC_PROFILE", b"xpacket", b"iTXt", b"zTXt", b"eXIf"):
        assert sum(marker in body for body in CORPUS.values()) >= 3, marker


def test_no_marker_of_any_file_survives() -> None:
    survived = []
    for name, body in CORPUS.items():
        photo = rebuild(body)
        for left in (photo.whole, photo.small):
            survived += [(name, marker) for marker in pictures.MARKERS if marker in left]
            survived += [(name, f"{m:x}") for m in set(pictures.segments(left)) - BARE]
            with Image.open(BytesIO(left)) as found:
                survived += [(name, key) for key in found.info if not key.startswith("jfif")]
                survived += [(name, key) for key in found.getexif()]

    assert survived == []


@pytest.mark.parametrize("name", ["all-RGB-320.jpg", "all-RGB-320.png", "all-320.webp"])
def test_the_picture_itself_is_still_there(name: str) -> None:
    with Image.open(BytesIO(rebuild(CORPUS[name]).whole)) as found:
        assert found.size == (320, 240)
        assert near(found, (240, 60), (200, 30, 30))
        assert near(found, (240, 200), (30, 30, 200))
        assert near(found, (20, 20), (30, 180, 30))


def test_a_camera_held_sideways_gives_an_upright_picture() -> None:
    file = pictures.jpeg(pictures.picture(), "exif", turned=6)

    with Image.open(BytesIO(rebuild(file).whole)) as found:
        assert found.size == (240, 320)
        assert near(found, (220, 20), (30, 180, 30)), "the corner went from the left to the right"


def test_what_is_see_through_lies_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")

    with Image.open(BytesIO(rebuild(out.getvalue()).whole)) as found:
        assert near(found, (20, 20), (255, 255, 255))


def test_a_large_photograph_becomes_smaller_and_keeps_its_shape() -> None:
    out = BytesIO()
    Image.effect_noise((4000, 3000), 90).convert("RGB").save(out, "JPEG", quality=60)

    photo = rebuild(out.getvalue())

    with Image.open(BytesIO(photo.whole)) as whole, Image.open(BytesIO(photo.small)) as small:
        assert abs(whole.width / whole.height - 4 / 3) < 0.01
        assert max(whole.size) <= pixels.SIDE
        assert max(small.size) <= pixels.SMALL_SIDE
    assert len(photo.whole) <= pixels.WHOLE_BYTES
    assert len(photo.small) <= pixels.SMALL_BYTES


def header(width: int, height: int) -> bytes:
    """A PNG that promises much and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(10_000_000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + pictures.chunk(b"IHDR", head)
        + pictures.chunk(b"IDAT", data)
        + pictures.chunk(b"IEND", b"")
    )


def packed_text() -> bytes:
    """A gigabyte of text in a small PNG."""
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(1024)) + packer.flush()
    out = BytesIO()
    pictures.picture().save(out, "PNG")
    body = out.getvalue()
    return body[:33] + pictures.chunk(b"zTXt", b"Comment\0\0" + bomb) + body[33:]


def many_scans() -> bytes:
    """A JPEG that goes over its picture a thousand times."""
    out = BytesIO()
    pictures.picture((2000, 2000)).save(out, "JPEG", progressive=True)
    body = out.getvalue()
    at = body.index(b"\xff\xda")
    end = body.index(b"\xff", at + 12)
    while body[end + 1] == 0:
        end = body.index(b"\xff", end + 2)
    return body[:end] + body[at:end] * 1000 + body[end:]


def wide_jpeg() -> bytes:
    """A JPEG whose header says 60,000 times 60,000."""
    body = pictures.jpeg(pictures.picture(), "comment")
    at = body.index(b"\xff\xc0")
    return body[: at + 5] + struct.pack(">HH", 60_000, 60_000) + body[at + 9 :]


OTHERS = {
    "empty": b"",
    "words": "Có trộm ở chợ".encode(),
    "pdf": b"%PDF-1.7\n1 0 obj",
    "page": b"<html><script>alert(1)</script></html>",
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "film": b"\0\0\0\x18ftypmp42" + bytes(100),
    "heic": b"\0\0\0\x18ftypheic" + bytes(100),
    "archive": b"PK\x03\x04" + bytes(100),
    "program": b"MZ" + bytes(100),
    "cut off": pictures.jpeg(pictures.picture(), "exif")[:900],
    "only a head": b"\xff\xd8\xff",
    "too long": pictures.jpeg(pictures.picture(), "exif") + bytes(FILE_BYTES),
    "wide": header(60_000, 60_000),
    "flat": header(1, 30_000_000),
    "wide jpeg": wide_jpeg(),
    "packed text": packed_text(),
    "many scans": many_scans(),
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_photograph_or_too_much_of_one_is_refused(what: str) -> None:
    with pytest.raises(NotAPhotoError):
        rebuild(OTHERS[what])


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO", "PPM", "TGA"])
def test_kinds_that_nobody_photographs_in_are_refused(kind: str) -> None:
    out = BytesIO()
    pictures.picture().save(out, kind)

    with pytest.raises(NotAPhotoError):
        rebuild(out.getvalue())


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_nonsense_where_the_camera_should_say_how_it_was_held_does_no_harm() -> None:
    bad = pictures.segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff" + pictures.CANARY)
    body = pictures.jpeg(pictures.picture(), "comment")

    photo = rebuild(body[:2] + bad + body[2:])

    assert pictures.CANARY not in photo.whole


async def test_more_than_the_threads_can_take_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = Event()

    def slow(_file: bytes) -> Photo:
        go_on.wait(30)
        return Photo(b"", b"")

    monkeypatch.setattr(pixels, "rebuild", slow)
    with ThreadPoolExecutor(1) as workers:
        darkroom = Darkroom(workers)
        waiting = [asyncio.create_task(darkroom.develop(b"x")) for _ in range(AT_ONCE)]
        await asyncio.sleep(0)
        with pytest.raises(BusyError):
            await darkroom.develop(b"x")
        go_on.set()
        assert len(await asyncio.gather(*waiting)) == AT_ONCE


def near(found: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    """Whether it looks the same there, as far as JPEG remembers colours."""
    seen = found.convert("RGB").getpixel(at)
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 24 for one, other in zip(seen, colour, strict=True))
