"""Photographs of a tip: the small ones on its page, the whole one by itself."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from console import acting
from console.visit import Answer, File, Visit
from desk import photos
from desk.errors import NoSuchTipError


@dataclass(frozen=True, slots=True)
class Shown:
    """A photograph as a page shows it: its small copy is part of the page, so nothing is kept."""

    id: str
    src: str


def show(visit: Visit) -> Answer:
    """One photograph, whole; the audit log remembers who looked."""
    try:
        photo = UUID(visit.path["photo"])
    except ValueError:
        raise NoSuchTipError from None
    jpeg = photos.whole(visit.desk, visit.who, acting.tip_id(visit), photo)
    return File(jpeg, "image/jpeg", "anh.jpg")


def of_line(content: Mapping[str, Any], small: Mapping[str, bytes]) -> list[Shown]:
    """Those that came with one line of the timeline."""
    return [
        Shown(id_, f"data:image/jpeg;base64,{b64encode(small[id_]).decode()}")
        for id_ in photos.ids([content])
        if id_ in small
    ]
