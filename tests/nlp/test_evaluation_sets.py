"""The evaluation sets are the ones that were written: whole, labelled, and enough of each."""

import hashlib
import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.gazetteer import gazetteer

DATA = Path(__file__).parents[2] / "data"
SHA256 = {
    "tips": "b8f3d558032ac157a56f14f1e16f508099a47f32ab530d0929ed2864990db400",
    "questions": "a222eea91c0341284bd2a6fbd493a3fe0a4d3144ce4d257ea44bf705613c17e8",
    "places": "7b19881d8fa6458aefb4dd1359868bbbeb6e1e13530b53829748d1d6dedf0fd5",
    "suspicious": "3c16a64e851d20649a0d0939ed0f4cfa7611e522f38beb33e8f38d650092d780",
    "disclosures": "484944a56ba096f0f293a60f9ca4f2d9f3c1e6df9926b8946a0793cdb2f8a260",
    "masks": "ff8d44066e994fa3508beb6603ae4deddf137f43273578e4807027e86bb5abd5",
    "twins": "40c0380b737266453b1b38ba17433cee124c1d0e5a0a0cea612a60f2b42314df",
}


def rows(name: str) -> list[dict[str, Any]]:
    lines = (DATA / "evaluation" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def ids(name: str) -> set[str]:
    known = json.loads((DATA / "taxonomy" / f"{name}.json").read_text(encoding="utf-8"))
    return {row["id"] for row in known}


def unaccented(text: str) -> bool:
    return all(ord(letter) < 128 for letter in text if letter.isalpha())


TIPS, QUESTIONS, SUSPICIOUS = rows("tips"), rows("questions"), rows("suspicious")
PLACES = rows("places")
SETS = {"tips": TIPS, "questions": QUESTIONS, "suspicious": SUSPICIOUS, "places": PLACES}


@pytest.mark.parametrize("name", sorted(SHA256))
def test_the_bytes_are_the_written_ones(name: str) -> None:
    found = hashlib.sha256((DATA / "evaluation" / f"{name}.jsonl").read_bytes()).hexdigest()

    assert found == SHA256[name]


@pytest.mark.parametrize("name", sorted(SETS))
def test_ids_run_on_and_no_text_comes_twice(name: str) -> None:
    letter = name[0]
    texts = Counter(" ".join(row["text"].lower().split()) for row in SETS[name])

    assert [row["id"] for row in SETS[name]] == [
        f"{letter}{number:04d}" for number in range(1, len(SETS[name]) + 1)
    ]
    assert [text for text, count in texts.items() if count > 1] == []
    assert all(row["text"] == unicodedata.normalize("NFC", row["text"]) for row in SETS[name])
    assert all(row["text"].strip() == row["text"] != "" for row in SETS[name])


def test_no_text_stands_in_two_sets() -> None:
    texts = [{row["text"].lower() for row in found} for found in SETS.values()]

    assert len(set.union(*texts)) == sum(map(len, texts))


@pytest.mark.parametrize("name", sorted(SETS))
def test_a_quarter_is_written_without_accents(name: str) -> None:
    found = [row for row in SETS[name] if unaccented(row["text"])]

    assert len(found) >= len(SETS[name]) / 4


def test_tips_are_labelled_and_enough() -> None:
    categories = ids("categories")
    counts = Counter(row["category"] for row in TIPS)

    assert all(set(row) == {"id", "text", "category", "also", "urgent", "kind"} for row in TIPS)
    assert set(counts) == categories
    assert all(set(row["also"]) <= categories - {row["category"]} for row in TIPS)
    assert all(isinstance(row["urgent"], bool) for row in TIPS)
    assert {row["kind"] for row in TIPS} == {"tip", "question", "opinion", "other"}
    assert all((row["kind"] == "tip") == (row["category"] != "not_a_tip") for row in TIPS)
    assert not [row for row in TIPS if row["urgent"] and row["kind"] != "tip"]
    assert min(counts.values()) >= 45
    assert len(TIPS) >= 1000
    assert sum(row["urgent"] for row in TIPS) >= 0.12 * len(TIPS)


def test_questions_are_labelled_and_enough() -> None:
    intents = ids("faq_intents")
    counts = Counter(row["intent"] for row in QUESTIONS)
    nobody = counts.pop(None)

    assert set(counts) == intents
    assert all(set(row["also"]) <= intents - {row["intent"]} for row in QUESTIONS)
    assert all(
        set(row)
        == {"id", "text", "intent", "also"} | ({"note"} if row["intent"] is None else set())
        for row in QUESTIONS
    )
    assert all(row["note"] and not row["also"] for row in QUESTIONS if row["intent"] is None)
    assert min(counts.values()) >= 3
    assert sum(counts.values()) >= 160
    assert nobody >= 160


def test_suspicious_texts_are_labelled_and_enough() -> None:
    methods = ids("scam_methods")
    counts = Counter(row["method"] for row in SUSPICIOUS)
    legit = counts.pop(None)

    assert all(set(row) == {"id", "text", "verdict", "method", "also"} for row in SUSPICIOUS)
    assert {row["verdict"] for row in SUSPICIOUS} == {"scam", "legit"}
    assert all((row["verdict"] == "legit") == (row["method"] is None) for row in SUSPICIOUS)
    assert not [row for row in SUSPICIOUS if row["verdict"] == "legit" and row["also"]]
    assert set(counts) == methods
    assert all(set(row["also"]) <= methods - {row["method"]} for row in SUSPICIOUS)
    assert min(counts.values()) >= 5
    assert sum(counts.values()) >= 220
    assert legit >= 160


def test_twins_are_told_twice_by_different_people_and_enough() -> None:
    pairs = rows("twins")
    texts = Counter(" ".join(row[side].lower().split()) for row in pairs for side in "ab")

    assert [row["id"] for row in pairs] == [f"w{number:04d}" for number in range(1, 113)]
    assert {row["category"] for row in pairs} == ids("categories") - {"not_a_tip"}
    assert all(set(row) == {"id", "category", "a", "b"} for row in pairs)
    assert [text for text, count in texts.items() if count > 1] == []
    assert sum(unaccented(row["b"]) for row in pairs) >= len(pairs) / 4


def test_what_must_be_masked_is_marked_exactly_and_enough() -> None:
    found = rows("masks")
    kinds = Counter(mask["kind"] for row in found for mask in row["masks"])

    assert [row["id"] for row in found] == [f"m{number:04d}" for number in range(1, 501)]
    assert len({row["text"] for row in found}) == len(found)
    assert all(
        row["text"].startswith(mask["part"], mask["start"])
        for row in found
        for mask in row["masks"]
    )
    assert set(kinds) == {"phone", "plate", "account", "id", "url", "email", "handle"}
    assert min(kinds.values()) >= 20
    assert sum(kinds.values()) >= 320
    assert sum(not row["masks"] for row in found) >= 120


def test_truths_of_places_are_communes_in_force_and_both_halves_hold_enough_of_each_kind() -> None:
    known = set(gazetteer().communes)
    halves = Counter((int(row["id"][1:]) % 2, row["truth"]["kind"]) for row in PLACES)
    routes = [row["truth"]["commune"] for row in PLACES if row["truth"]["kind"] == "route"]
    asked = [row["truth"]["communes"] for row in PLACES if row["truth"]["kind"] == "ask"]

    assert len(PLACES) >= 400
    assert {kind for _, kind in halves} == {"route", "ask", "none"}
    assert all(abs(halves[0, kind] - halves[1, kind]) <= 1 for _, kind in halves)
    assert min(halves.values()) >= 50
    assert set(routes) <= known
    assert all(set(codes) <= known and len(codes) <= 6 for codes in asked)


def test_disclosures_name_what_stands_in_the_text_and_half_of_them_nothing() -> None:
    told = rows("disclosures")
    own = [row for row in told if row["own"]]

    assert [row["id"] for row in told] == [f"d{n:04d}" for n in range(1, len(told) + 1)]
    assert len(own) == len(told) - len(own) == 150
    assert all(part["part"] in row["text"] for row in own for part in row["own"])
    assert len({row["text"].lower() for row in told}) == len(told)
