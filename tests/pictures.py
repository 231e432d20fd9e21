"""Pictures full of what must not be left of them: made here, in four formats, each with a canary.

Every file says `CANARY` in as many places as its format has.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import product

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

CANARY = b"CANARY-7f3a-NguyenThiLan"
WORD = CANARY.decode()
# Words that stand in files with something hidden in them, whatever wrote it.
MARKERS = (
    *(CANARY, b"Exif\0", b"ns.adobe.com", b"xpacket", b"x:xmpmeta", b"Photoshop 3.0", b"8BIM"),
    *(b"ICC_PROFILE", b"acsp", b"http", b"GPS", b"Ducky", b"MPF\0", b"tEXt", b"iTXt", b"zTXt"),
    *(b"eXIf", b"iCCP", b"tIME", b"XMP ", b"XMP DataXMP", b"NETSCAPE", b"ftyp", b"Adobe"),
)
SIZES = ((64, 48), (320, 240), (97, 211))
XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b"<dc:creator>" + CANARY + b"</dc:creator></x:xmpmeta><?xpacket end='w'?>"
)


def files() -> Iterator[tuple[str, bytes]]:
    """Name → file: more than two hundred."""
    for size, what in product(SIZES, ("exif", "xmp", "iptc", "comment", "icc", "thumbnail", "all")):
        for mode, progressive in product(("RGB", "L", "CMYK"), (False, True)):
            name = f"{what}-{mode}-{size[0]}{'-progressive' * progressive}.jpg"
            yield name, jpeg(picture(size, mode), what, progressive=progressive)
    for size, what in product(SIZES, ("text", "ztxt", "itxt", "exif", "icc", "all")):
        for mode in ("RGB", "RGBA", "L", "P", "1"):
            yield f"{what}-{mode}-{size[0]}.png", png(picture(size, mode), what)
    for size, what in product(SIZES, ("exif", "xmp", "icc", "all")):
        for lossless in (False, True):
            name = f"{what}-{size[0]}{'-lossless' * lossless}.webp"
            yield name, webp(picture(size, "RGB"), what, lossless=lossless)
    for size, what in product(SIZES, ("comment", "xmp", "all")):
        for frames in (1, 3):
            yield f"{what}-{size[0]}-{frames}.gif", gif(size, what, frames)


def picture(size: tuple[int, int] = (320, 240), mode: str = "RGB") -> Image.Image:
    """Red above, blue below, with a green corner at the top left: so that turning shows."""
    found = Image.new("RGB", size, (200, 30, 30))
    draw = ImageDraw.Draw(found)
    draw.rectangle((0, size[1] // 2, size[0], size[1]), (30, 30, 200))
    draw.rectangle((0, 0, size[0] // 4, size[1] // 4), (30, 180, 30))
    return found.convert(mode)


def exif(orientation: int = 1, *, thumbnail: bool = True) -> bytes:
    """Camera, place, owner, note and a small picture of the same."""
    made = Image.Exif()
    made[0x010F], made[0x0110], made[0x013B] = WORD, f"{WORD} 15 Pro", WORD
    made[0x0112] = orientation
    inner = made.get_ifd(0x8769)
    inner[0x9003], inner[0x9286], inner[0xA430] = "2026:03:02 08:00:00", CANARY, WORD
    inner[0x927C] = CANARY * 20  # the maker's own notes
    place = made.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (10.0, 37.0, 24.4), "E", (106.0, 34.0, 12.2)
    place[0x1D] = WORD
    body = made.tobytes()
    return body + _thumbnail() if thumbnail else body


def jpeg(found: Image.Image, what: str, *, progressive: bool = False, turned: int = 1) -> bytes:
    """With EXIF, XMP, IPTC, a comment, a colour profile, a thumbnail, or all of it."""
    out = BytesIO()
    everything = what == "all"
    more = {"exif": exif(turned, thumbnail=False)} if what == "exif" or everything else {}
    if what == "icc" or everything:
        more["icc_profile"] = profile()
    if what == "comment" or everything:
        more["comment"] = CANARY
    found.save(out, "JPEG", quality=85, progressive=progressive, **more)
    extra = b""
    if what == "xmp" or everything:
        extra += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
    if what == "iptc" or everything:
        extra += segment(0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0" + _iptc())
    if what == "thumbnail" or everything:
        extra += segment(0xE0, b"JFXX\0\x10" + _thumbnail())
    body = out.getvalue()
    behind = b"\0\0\0\x18ftypmp42" + CANARY if everything else b""  # a film behind the photograph
    return body[:2] + extra + body[2:] + behind


def png(found: Image.Image, what: str) -> bytes:
    """With text in three kinds of chunks, EXIF and a colour profile."""
    info, out = PngInfo(), BytesIO()
    everything = what == "all"
    if what == "text" or everything:
        info.add_text("Author", WORD)
    if what == "ztxt" or everything:
        info.add_text("Comment", WORD * 20, zip=True)
    if what == "itxt" or everything:
        info.add_itxt("XML:com.adobe.xmp", XMP.decode(), "vi", WORD)
    if everything:
        info.add(b"tIME", struct.pack(">H5B", 2026, 3, 2, 8, 0, 0))
        info.add(b"caNy", CANARY)
    more = {"exif": exif(thumbnail=False)} if what == "exif" or everything else {}
    if what == "icc" or everything:
        more["icc_profile"] = profile()
    found.save(out, "PNG", pnginfo=info, **more)
    return out.getvalue() + (CANARY if everything else b"")


def webp(found: Image.Image, what: str, *, lossless: bool) -> bytes:
    """With EXIF, XMP and a colour profile."""
    out, everything = BytesIO(), what == "all"
    more = {"exif": exif(thumbnail=False)} if what == "exif" or everything else {}
    more |= {"xmp": XMP} if what == "xmp" or everything else {}
    more |= {"icc_profile": profile()} if what == "icc" or everything else {}
    found.save(out, "WEBP", lossless=lossless, **more)
    return out.getvalue()


def gif(size: tuple[int, int], what: str, frames: int) -> bytes:
    """With a comment, XMP as applications write it, and further pictures behind the first."""
    out = BytesIO()
    rest = [picture(size, "L").point(lambda v, n=n: (v + 40 * n) % 256) for n in range(1, frames)]
    more = {"comment": CANARY} if what in ("comment", "all") else {}
    picture(size, "P").save(out, "GIF", save_all=frames > 1, append_images=rest, **more)
    body = out.getvalue()
    if what in ("xmp", "all"):
        pieces = b"".join(
            bytes([len(p)]) + p for p in (XMP[i : i + 255] for i in range(0, 999, 255)) if p
        )
        body = body[:-1] + b"\x21\xff\x0bXMP DataXMP" + pieces + b"\0" + body[-1:]
    return body


def profile() -> bytes:
    """A colour profile that names somebody."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made + CANARY


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def segments(body: bytes) -> list[int]:
    """The markers of a JPEG in order; whatever stands behind its end is marker 0."""
    found, at = [0xD8], 2
    assert body[:2] == b"\xff\xd8"
    while found[-1] != 0xD9:
        assert body[at] == 0xFF, "a segment begins where the one before ended"
        found.append(body[at + 1])
        if found[-1] == 0xD9:
            at += 2
            break
        at += 2 + struct.unpack(">H", body[at + 2 : at + 4])[0]
        if found[-1] == 0xDA:
            while body[at] != 0xFF or body[at + 1] in (0, *range(0xD0, 0xD8)):
                at += 1
    return found + ([0] if at != len(body) else [])


def _thumbnail() -> bytes:
    out = BytesIO()
    picture((32, 24)).save(out, "JPEG", comment=CANARY)
    return out.getvalue()


def _iptc() -> bytes:
    record = b"\x1c\x02\x50" + struct.pack(">H", len(CANARY)) + CANARY
    return struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
