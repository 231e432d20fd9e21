"""Two colleagues change one draft: what the faster one saved, beside what the slower one typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from console import words
from desk.drafts import PARTS
from desk.topics import topics

_WHO = {"all": "Mọi người đăng ký ở nơi nhận", "topic": "Chỉ người đã chọn chủ đề này"}


@dataclass(frozen=True, slots=True)
class Rival:
    """What is stored now. `parts`: what each part that differs is called, and what it says."""

    author: str
    parts: tuple[tuple[str, str], ...]


def found(
    author: str, stored: Mapping[str, str], typed: Mapping[str, str], *, same_places: bool
) -> Rival:
    """Compare a stored draft with a form; both as the form sends them."""
    parts = [
        (called, stored[name])
        for name, called, _ in PARTS
        if stored[name] != typed.get(name, "").strip()
    ]
    aims = [
        (called, said)
        for name, called, said in _aims(stored)
        if stored[name] != typed.get(name, "")
    ]
    places = [] if same_places else [("Nơi nhận", stored["places"] or "Cả tỉnh")]
    return Rival(author, (*parts, *aims, *places))


def _aims(stored: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Field, what it is called, and its stored value in words."""
    names = {topic.id: topic.name for topic in topics()}
    return (
        ("topic", "Chủ đề", names.get(stored["topic"], "")),
        ("who", "Lọc theo chủ đề", _WHO[stored["who"]]),
        ("audience", "Đối tượng", words.AUDIENCES.get(stored["audience"], "Tất cả")),
        ("expires", "Có hiệu lực đến hết ngày", words.day(date.fromisoformat(stored["expires"]))),
    )
