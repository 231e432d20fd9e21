"""What people read: every text is used, every text used exists, and none promises too much."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from desk import errors, queue
from desk.subscriptions import AUDIENCES
from handlers import menu, receipts, signs
from handlers.texts import LANGUAGES, keys, say, speaking
from nlp import disclosure

ROOT = Path(__file__).parent.parent
SPEAKING = [*ROOT.glob("handlers/*.py"), *ROOT.glob("bot/**/*.py")]
SHOWN = [
    *ROOT.glob("handlers/**/*"),
    *ROOT.glob("console/**/*"),
    *ROOT.glob("bot/**/*"),
    *ROOT.glob("desk/*.py"),
]
BANNED = ("ẩn danh", "bảo mật 100%", "tuyệt đối", "không ai biết", "thụ lý", "tội phạm")
# What the Criminal Procedure Code (article 144) calls it; a thing, never a person.
LEGAL_TERM = "nguồn tin về tội phạm"
LONGEST = 1000  # characters; half of what one Zalo message takes, with room for what is filled in
LONGEST_SENTENCE = 30  # words; people read it on a small telephone, in a hurry

# Keys made up as the program runs: how they begin, and every way they can end.
MADE_UP = {
    "receipt.state_": ("new", "taken", "waiting", "answered"),
    "receipt.state_closed_": queue.DISPOSITIONS,
    "receipt.": tuple(receipts._SPOKEN.values()),
    "check.": ("scam", "unsure", "no_sign"),
    "button.": menu.DOORS,
    "self.": get_args(disclosure.Kind),
    "call.": menu.CALLS,
    "sign.": tuple(signs.SIGNS.values()),
    "audience.": tuple(AUDIENCES),
}


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call of `say` and `button` that means the citizens' texts."""
    for file in SPEAKING:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if "handlers.texts" not in file.read_text() and "handlers.menu" not in file.read_text():
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name in ("say", "button") and node.args:
                    yield file, node


def named(call: ast.Call) -> set[str]:
    """The keys a call names; those made up by an f-string as their beginning and "*"."""
    button = ast.unparse(call.func).endswith("button")
    found = set()
    inside = {
        id(part)
        for node in ast.walk(call.args[0])
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(call.args[0]):
        if id(node) in inside:
            continue
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            found.add(f"{node.values[0].value!s}*")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(f"button.{node.value}" if button else node.value)
    return {key for key in found if "." in key}


USED = set().union(*(named(call) for _, call in calls()))


def test_every_key_made_up_while_running_is_listed_here() -> None:
    beginnings = {key[:-1] for key in USED if key.endswith("*")}

    assert beginnings == {*MADE_UP}


def test_every_text_the_program_asks_for_is_there() -> None:
    fixed = {key for key in USED if not key.endswith("*")}
    made_up = {start + end for start, ends in MADE_UP.items() for end in ends}

    assert sorted((fixed | made_up) - keys()) == []


def test_every_text_that_is_there_is_asked_for() -> None:
    fixed = {key for key in USED if not key.endswith("*")}
    made_up = {start + end for start, ends in MADE_UP.items() for end in ends}

    assert sorted(keys() - fixed - made_up) == []


def test_every_blank_in_a_text_is_filled_by_whoever_says_it() -> None:
    wrong = []
    for file, call in calls():
        if ast.unparse(call.func).endswith("say"):
            given = {word.arg for word in call.keywords}
            for key in named(call):
                beginning = key.removesuffix("*")
                ends = MADE_UP.get(beginning, ()) if "*" in key else ("",)
                for end in ends:
                    text = say(beginning + end) if beginning + end in keys() else ""
                    blanks = {name for _, name, _, _ in Formatter().parse(text) if name}
                    if not blanks <= given:
                        wrong.append(f"{file.name}:{call.lineno} {beginning + end}: {blanks}")
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(keys()))
def test_a_text_is_short_enough_to_be_read(key: str, language: str) -> None:
    with speaking(language):
        text = say(key)

    assert text == text.strip()
    assert 0 < len(text) <= LONGEST
    sentences = re.split(r"[.!?:]\s|\n", text)
    assert max(len(sentence.split()) for sentence in sentences) <= LONGEST_SENTENCE


def test_nothing_shown_to_people_promises_what_cannot_be_kept_or_names_anybody_a_criminal() -> None:
    found = []
    for file in SHOWN:
        if file.is_file() and file.suffix in (".py", ".toml", ".html", ".js"):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                found += [
                    f"{file.relative_to(ROOT)}:{number}: {word}"
                    for word in BANNED
                    if word in line.casefold().replace(LEGAL_TERM, "")
                ]
    assert found == []


def test_telling_a_tip_is_worded_the_same_everywhere() -> None:
    assert say("button.tip").endswith("Báo tin (không cần xưng tên)")
    assert len(say("button.tip").split("Báo")) == 2


BLANKS = ("name", "limit", "length", "minutes", "part", "days")


def test_every_refusal_is_a_sentence_that_says_what_to_do() -> None:
    refusals = [
        error
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.DeskError)
    ]
    for refusal in refusals:
        sentence = str(refusal(**dict.fromkeys(BLANKS, "1")))
        assert sentence.endswith("."), refusal
        assert "{" not in sentence
        assert len(sentence) <= 200


def test_an_unknown_key_is_an_error_and_not_silence() -> None:
    with pytest.raises(KeyError):
        say("no.such")
