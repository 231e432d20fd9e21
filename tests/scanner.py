"""Looks for planted words in bytes, however they are spelt: plain, hex, base64, UTF-16, packed."""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

GZIP = b"\x1f\x8b\x08"
ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
LARGEST = 64 * 2**20  # bytes of one unpacked piece
PIECE = 2**14
DEEPEST = 3  # packed in packed in packed
SHORTEST = 64  # bytes; less is a chance hit of the two letters a zlib stream begins with
EMPTY = re.compile(rb"\0{65,}")  # most of a database file; no word holds that


@dataclass(frozen=True)
class Hit:
    """A planted word that was found."""

    name: str
    spelling: str
    where: str


class Scanner:
    """Finds words in bytes."""

    def __init__(self, planted: Mapping[str, str], *, digests: bool = False) -> None:
        """Args: planted: name → word; digests: look for their MD5 and SHA-256 too."""
        self._needles = [
            (name, spelling, needle)
            for name, word in planted.items()
            for spelling, needle in _each_once(spellings(word, digests=digests))
        ]

    def look(self, data: bytes, where: str = "") -> list[Hit]:
        """What stands in these bytes, or in anything packed in them."""
        return [hit for place, piece in unpacked(data, where) for hit in self._plain(piece, place)]

    def folder(self, folder: Path) -> list[Hit]:
        """What stands in any file of a folder, or in the name of one."""
        hits: list[Hit] = []
        seen: set[bytes] = set()  # PostgreSQL copies each empty database from another
        for file in sorted(folder.rglob("*")):
            where = str(file.relative_to(folder))
            hits += self._plain(where.encode(), f"the name {where}")
            data = file.read_bytes() if file.is_file() else b""
            digest = hashlib.sha256(data).digest()
            if digest not in seen:
                seen.add(digest)
                hits += self.look(data, where)
        return hits

    def _plain(self, data: bytes, where: str) -> Iterator[Hit]:
        data = EMPTY.sub(bytes(SHORTEST), data)
        lower = data.lower()
        for name, spelling, needle in self._needles:
            if needle in (lower if spelling.startswith("hex") else data):
                yield Hit(name, spelling, where)


def spellings(word: str, *, digests: bool = False) -> Iterator[tuple[str, bytes]]:
    """Every way a word may lie on a disk."""
    plain = word.encode()
    yield "plain", plain
    yield "utf-16 little", word.encode("utf-16-le")
    yield "utf-16 big", word.encode("utf-16-be")
    yield "hex", binascii.hexlify(plain)
    for start in range(3):
        # The letters at both ends depend on what stands beside the word.
        core = base64.b64encode(bytes(start) + plain)[4 if start else 0 : -4]
        yield f"base64 at {start}", core
        yield f"base64 for addresses at {start}", core.replace(b"+", b"-").replace(b"/", b"_")
    yield "percent", quote(word).encode()
    yield "json", word.encode("ascii", "backslashreplace")
    if digests:
        for kind in ("md5", "sha256"):
            digest = hashlib.new(kind, plain).digest()
            yield kind, digest
            yield f"hex of {kind}", binascii.hexlify(digest)


def _each_once(spelt: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    seen = set()
    for spelling, needle in spelt:
        if needle not in seen:
            seen.add(needle)
            yield spelling, needle


def unpacked(data: bytes, where: str, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """These bytes, and everything packed by gzip or zlib within them."""
    yield where, data
    if depth == DEEPEST:
        return
    for magic, bits in ((GZIP, 31), *((two, 15) for two in ZLIB)):
        at = data.find(magic)
        while at >= 0:
            piece = _unpack(data, at, bits)
            if len(piece) >= SHORTEST or (piece and magic is GZIP):
                yield from unpacked(piece, f"{where}, packed at {at}", depth + 1)
            at = data.find(magic, at + 1)


def _unpack(data: bytes, start: int, bits: int) -> bytes:
    """As much as can be read of what begins there."""
    unpacker = zlib.decompressobj(bits)
    out = bytearray()
    try:
        for at in range(start, len(data), PIECE):
            out += unpacker.decompress(data[at : at + PIECE])
            if unpacker.eof or len(out) > LARGEST:
                break
    except zlib.error:
        pass
    return bytes(out)
