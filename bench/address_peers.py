"""Other people's address readers, without a network: for `bench/sentences.py`.

Run by it, once with the Python of var/peers and once with ours; needs nothing of this repository.
python bench/address_peers.py LIBRARY: a JSON list of [text, province's name or null] comes in, and
{reading: [[ward, province] or [code] or [], milliseconds] for each text} goes out.
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

Answer = list[str]
Reader = Callable[[str], Answer]


def vietnamadminunits() -> dict[str, Reader]:
    """Its parser of new addresses, its converter of old ones, and the one after the other."""
    library: Any = import_module("vietnamadminunits")
    converter: Any = import_module("vietnamadminunits.converter.converter_2025")
    # It would ask a geocoder on the internet about divided communes.
    converter.get_geo_location = lambda _: None

    def parsed(text: str) -> Answer:
        unit = library.parse_address(text)
        return [unit.ward_code] if unit and unit.ward_code else []

    def converted(text: str) -> Answer:
        unit = library.convert_address(text)
        return [unit.ward_code] if unit and unit.ward_code else []

    return {
        "vietnamadminunits parse": parsed,
        "vietnamadminunits convert": converted,
        "vietnamadminunits convert, else parse": lambda text: converted(text) or parsed(text),
    }


def underthesea() -> dict[str, Reader]:
    """Its converter of old addresses, else its parser; and both after its finder of names."""
    library: Any = import_module("underthesea.address")
    names: Any = import_module("underthesea")

    def read(text: str) -> Answer:
        unit = library.convert_address(text).new
        if unit.ward:
            return [unit.ward, unit.province]
        unit = import_module("underthesea.address.parser").parse_address(text)
        return [unit.ward, unit.province] if unit.ward else []

    def named(text: str) -> Answer:
        spans: list[str] = []
        for word, _, _, tag in names.ner(text):
            if tag.endswith("LOC"):
                if tag.startswith("I") and spans:
                    spans[-1] += f" {word}"
                else:
                    spans.append(word)
        return read(", ".join(spans)) if spans else []

    return {"underthesea address": read, "underthesea NER, then address": named}


def answered(read: Reader, text: str, home: str | None) -> tuple[Answer, float]:
    """What a reader makes of a text; if nothing, with the home province put behind it."""
    start = time.thread_time()
    answer: Answer = []
    for attempt in [text, f"{text}, {home}"] if home else [text]:
        try:
            answer = answer or read(attempt)
        except Exception:  # noqa: BLE001 - some inputs make them fail: that is no answer
            answer = []
    return answer, 1e3 * (time.thread_time() - start)


def main(library: str) -> None:
    """Answer everything."""
    texts = json.load(sys.stdin)
    readers = {"vietnamadminunits": vietnamadminunits, "underthesea": underthesea}[library]()
    for read in readers.values():
        answered(read, "xã Long Hòa, huyện Cần Đước, tỉnh Long An", None)
    found = {name: [answered(r, *row) for row in texts] for name, r in readers.items()}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
