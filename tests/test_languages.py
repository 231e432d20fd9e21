"""Languages: every catalogue says the same things, and none says what must not be said."""

import ast
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from string import Formatter

import pytest

from desk.subscriptions import AUDIENCES
from handlers import signs
from handlers.menu import in_vietnamese
from handlers.texts import ENGLISH, LANGUAGES, VIETNAMESE, keys, say, speaking
from nlp import blocklist, domains, methods

ROOT = Path(__file__).parent.parent
OTHERS = [language for language in LANGUAGES if language != VIETNAMESE]
LONGER = 2  # times the Vietnamese: the same small bubble has to hold it

# What `BANNED` in test_texts.py forbids, as it would be said in English.
BANNED = re.compile(
    r"anonym|100\s?%|absolutely|guarantee|nobody (?:will|can) (?:ever )?(?:know|find)"
    r"|\bcriminals?\b|\btake[ns]? up (?:by|as) (?:a )?case\b|case (?:was )?opened"
    r"|completely (?:safe|secret|secure)"
)
# Said of a message or a number it would be a promise; "go to a safe place" is advice.
VERDICT = re.compile(
    r"\b(?:it|this|that|message|link|number|page|site|sender|caller|address|chat|channel)"
    r"(?:'s| is| are| looks?| seems?| sounds?)(?: \w+)? (?:safe|secure|genuine|harmless)\b"
)
MARKED = re.compile(
    r"[àáảãạăắằẳẵặâấầẩẫậèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵđ]", re.IGNORECASE
)
# Two buttons that stand on Vietnamese pages, and a language's own name.
VIETNAMESE_WORDS = {
    "button.tiengviet": "Tiếng Việt",
    "follow.stop_on_page": "Ngừng nhận",
    "follow.erased_page": "Ngừng nhận",
}


def text_of(language: str, key: str) -> str:
    with speaking(language):
        return say(key)


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_missing_in_a_language_and_none_is_left_over(language: str) -> None:
    missing = sorted(keys() - keys(language))
    left_over = sorted(keys(language) - keys())

    assert {"missing": missing, "left over": left_over} == {"missing": [], "left over": []}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_blanks(language: str) -> None:
    wrong = {
        key: sorted(blanks(text_of(language, key)) ^ blanks(say(key)))
        for key in keys() & keys(language)
        if blanks(text_of(language, key)) != blanks(say(key))
    }

    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_longer_than_twice_the_vietnamese(language: str) -> None:
    long = [key for key in keys() if len(text_of(language, key)) > LONGER * len(say(key))]

    assert sorted(long) == []


@pytest.mark.parametrize("key", sorted(keys(ENGLISH)))
def test_english_promises_nothing_that_cannot_be_kept(key: str) -> None:
    plain = text_of(ENGLISH, key).casefold()

    assert not BANNED.search(plain)
    assert not VERDICT.search(plain)


@pytest.mark.parametrize(
    "promise",
    [
        "You are completely anonymous.",
        "This is 100% secure.",
        "Nobody will know who you are.",
        "This message is safe.",
        "The link looks quite safe",
        "The number is genuine.",
        "It's safe.",
        "He is a criminal.",
    ],
)
def test_such_promises_would_be_found(promise: str) -> None:
    plain = promise.casefold()

    assert BANNED.search(plain) or VERDICT.search(plain)


@pytest.mark.parametrize("key", sorted(keys(ENGLISH)))
def test_english_is_written_without_vietnamese_letters(key: str) -> None:
    text = text_of(ENGLISH, key).replace(VIETNAMESE_WORDS.get(key, "\0"), "")

    assert not MARKED.search(text)


def test_whom_notices_are_for_is_called_the_same_here_and_at_the_desk() -> None:
    assert {id_: say(f"audience.{id_}") for id_ in AUDIENCES} == AUDIENCES


def test_every_sign_of_a_trick_has_words_in_every_language() -> None:
    odd = (
        *methods._SIGNS,
        *blocklist.SIGNS.values(),
        f"{domains.FAKE} cơ quan nhà nước: vneid.example",
        f"{domains.FAKE} Ngân hàng: bank.example",
        f"{domains.ODD} (.top)",
    )

    assert [signs.told(sign) for sign in odd] == [*odd]
    with speaking(ENGLISH):
        told = [signs.told(sign).replace("Ngân hàng", "") for sign in odd]
    assert [sign for sign in told if MARKED.search(sign)] == []
    assert told[-1] == "link with a strange ending (.top)"


def test_a_sign_without_words_is_shown_as_it_is() -> None:
    with speaking(ENGLISH):
        assert signs.told("điều chưa ai đặt tên") == "điều chưa ai đặt tên"


def test_a_language_is_spoken_until_the_end_of_its_block_also_after_an_error() -> None:
    vietnamese = say("button.yes")

    with speaking(ENGLISH):
        assert say("button.yes") == "Yes"
    with pytest.raises(KeyError), speaking(ENGLISH):
        say("no.such")

    assert say("button.yes") == vietnamese


def test_a_language_is_spoken_in_one_thread_alone() -> None:
    with speaking(ENGLISH), ThreadPoolExecutor(1) as another:
        elsewhere = another.submit(say, "button.yes").result()

    assert elsewhere == say("button.yes") == "Đúng"


def test_a_vietnamese_text_is_announced_only_to_whoever_reads_another_language() -> None:
    assert in_vietnamese("Lời đáp") == "Lời đáp"

    with speaking(ENGLISH):
        first, _, rest = in_vietnamese("Lời đáp").partition("\n\n")

    assert rest == "Lời đáp"
    assert "in Vietnamese" in first
    assert "113" in first


def test_nothing_is_said_while_a_module_is_loaded() -> None:
    """It would be said once, in Vietnamese, whatever the turn's language."""
    early = []
    for file in [*ROOT.glob("handlers/*.py"), *ROOT.glob("bot/**/*.py")]:
        if "handlers.texts" not in file.read_text("utf-8"):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        later = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            for inner in ast.walk(node)
        }
        early += [
            f"{file.name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and id(node) not in later
            if ast.unparse(node.func).split(".")[-1] in ("say", "button", "doors", "leave")
        ]
    assert early == []
