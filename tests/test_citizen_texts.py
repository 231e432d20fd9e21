"""Everything a citizen reads: no banned phrase, nothing too long, no link that leads to a trick."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import drafts, guard, library
from handlers.texts import keys, say
from nlp import blocklist, corpus, methods, reviewed
from nlp.domains import FAKE, ODD, Official, in_text
from tests.test_texts import BANNED, LEGAL_TERM, SHOWN

ROOT = Path(__file__).parent.parent
OFFICIAL = Official(corpus.read(ROOT / "data").domains)
# Said of a message or a link it would be a promise; "tìm chỗ an toàn" is advice.
VERDICTS = re.compile(r"(?:tin nhắn|đường liên kết|link|số|trang|tin) này (?:là )?an toàn")
# "khoá" where the texts write "khóa"; "quý" is written in one way only.
OTHER_STYLE = re.compile(r"(?:o[áàảãạéèẻẽẹ]|(?<!q)u[ýỳỷỹỵ])(?!\w)", re.IGNORECASE)
READS_BOTH = ROOT / "desk/guard.py"  # a pattern for what officers type
SHORTEST_MESSAGE = 2000  # characters of a message of the Zalo Bot API (content §7)
PAGES = [
    *ROOT.glob("bot/public/*.html"),
    *ROOT.glob("bot/channels/webchat/*.html"),
]


def texts() -> Iterator[tuple[str, str]]:
    """Where each text stands, and the text."""
    for key in sorted(keys()):
        yield f"text {key}", say(key)
    for intent, answer in reviewed.read(ROOT / "data/faq").items():
        yield f"answer {intent}", f"{answer.question}\n{answer.text}\n{answer.office}"
    for method, sample in library.samples().items():
        yield f"notice {method}", f"{drafts.text_of(sample.words)}\n{sample.source_line}"
    for sign in (*methods._SIGNS, FAKE, ODD, *blocklist.SIGNS.values()):
        yield f"sign {sign}", sign
    for page in PAGES:
        yield f"page {page.name}", _seen(page.read_text(encoding="utf-8"))


def _seen(page: str) -> str:
    without = re.sub(r"\{[%#].*?[%#]\}|\{\{.*?\}\}|<(style|script).*?</\1>|<[^>]*>", " ", page)
    return html.unescape(without)


ALL = list(texts())
EACH = pytest.mark.parametrize("text", [text for _, text in ALL], ids=[where for where, _ in ALL])


def test_every_kind_of_text_is_looked_at() -> None:
    kinds = {where.split()[0] for where, _ in ALL}

    assert kinds == {"text", "answer", "notice", "sign", "page"}
    assert len(ALL) >= 250


@EACH
def test_nothing_is_promised_that_cannot_be_kept(text: str) -> None:
    plain = text.casefold().replace(LEGAL_TERM, "")

    assert [word for word in BANNED if re.search(rf"(?<!\w){word}(?!\w)", plain)] == []
    assert VERDICTS.search(plain) is None


@EACH
def test_no_link_leads_anywhere_but_to_an_office(text: str) -> None:
    """Broken links ("vneid[.]top") are shown as examples; what can be pressed must be official."""
    working = [a for a in in_text(text) if a.replace(".", "[.]") not in text and guard.has_link(a)]

    assert [address for address in working if not OFFICIAL._official(address)] == []


@pytest.mark.parametrize(("where", "text"), [row for row in ALL if not row[0].startswith("page")])
def test_a_text_fits_into_one_message_of_every_channel(where: str, text: str) -> None:
    assert len(text) <= SHORTEST_MESSAGE, where
    if where.startswith("notice"):
        assert len(text) <= drafts.WHOLE_LIMIT + 200  # and its source


def test_tone_marks_are_written_in_one_style() -> None:
    files = [file for file in SHOWN if file.suffix in (".py", ".toml", ".html", ".js")]
    files += [*ROOT.glob("data/demo/*.json"), *ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    shown = [*ALL, *((str(f), f.read_text("utf-8")) for f in files if f != READS_BOTH)]

    assert [(where, word) for where, text in shown for word in OTHER_STYLE.findall(text)] == []


def test_the_other_style_of_tone_marks_would_be_found() -> None:
    assert OTHER_STYLE.findall("Khoá, huỷ, khoẻ, DOẠ") == ["oá", "uỷ", "oẻ", "OẠ"]
    assert OTHER_STYLE.findall("khóa, hủy, quý, toán, hoàn, ngoài, thuyền, loại") == []


def test_a_live_link_and_a_promise_would_be_found() -> None:
    assert in_text("Vào vneid.top ngay") == ["vneid.top"]
    assert OFFICIAL.sign("vneid.top") is not None
    assert guard.has_link("https://vneid.top/a")
    assert VERDICTS.search("đường liên kết này an toàn")
