"""Words that announce a place name (xã, phường, huyện, TP …) and numbers used as names."""

from collections.abc import Sequence

from nlp.names import ROMAN
from nlp.spelling import STOPS, Word, name_words

ISLANDS = "đặc khu"
ISLAND = "đảo"  # announces a đặc khu: "đảo Lý Sơn"
COMMUNE_KINDS = frozenset({"xã", "phường", "thị trấn", ISLANDS, ISLAND})
SHORT = frozenset({"x", "p", "f", "tt", "h", "q", "tx", "tp", "t"})

# The kind, and behind it how it is written out if that is something else.
_TYPES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("xa",): ("xã",),
    ("xa", "dao"): ("xã", "xã đảo"),
    ("x",): ("xã",),
    ("phuong",): ("phường",),
    ("p",): ("phường",),
    ("ph",): ("phường",),
    ("phg",): ("phường",),
    ("f",): ("phường",),
    ("thi", "tran"): ("thị trấn",),
    ("tt",): ("thị trấn",),
    ("dac", "khu"): ("đặc khu",),
    ("dao",): (ISLAND,),
    ("huyen",): ("huyện",),
    ("h",): ("huyện",),
    ("quan",): ("quận",),
    ("q",): ("quận",),
    ("thi", "xa"): ("thị xã",),
    ("tx",): ("thị xã",),
    ("thanh", "pho"): ("thành phố",),
    ("tp",): ("thành phố",),
    ("t", "p"): ("thành phố",),
    ("t", "x"): ("thị xã",),
    ("t", "t"): ("thị trấn",),
    ("tinh",): ("tỉnh",),
    ("t",): ("tỉnh",),
}
# Each kind as its type word spells it with marks.
_OFFICIAL = {words: name_words(kinds[-1])[1] for words, kinds in _TYPES.items()}
_APART = STOPS | {"-"}
_CLIPPED = {("ph",), ("phg",)}
_STARTS = frozenset(words[0] for words in _TYPES)
_ERAS = frozenset({"cu~", "mơi'", "cu", "moi"})  # "xã cũ Mỹ Thạnh Đông"
_NUMBERS = dict(
    zip(
        name_words("một hai ba bốn năm sáu bảy tám chín mười")[1],
        map(str, range(1, 11)),
        strict=True,
    )
) | {name_words("tư")[1][0]: "4"}

_TEN = "10"
_BARE_NUMBERS = {"mot": "1", "hai": "2", "muoi": "10"}  # the others may be other words
# These are numbers where nothing else can be meant: behind "muoi", right before a stop or "quan".
_BARE_ONES = {"ba": "3", "bon": "4", "lam": "5", "sau": "6", "bay": "7", "tam": "8", "chin": "9"}


def type_at(text: Sequence[Word], position: int, *, accented: bool) -> tuple[str, int]:
    """Return the kind named at a position, and where the name begins; ("", 0) if none."""
    if position >= len(text) or text[position].plain not in _STARTS:
        return "", 0
    for size in (2, 1):
        span = text[position : position + size]
        plain = tuple([w.plain for w in span])
        kinds = _TYPES.get(plain)
        if kinds is None or len(span) < size:
            continue
        if size > 1 and span[1].joint in _APART:
            continue
        short = plain[-1] in SHORT or plain in _CLIPPED
        expected = plain if short else _OFFICIAL[plain]
        if any(w.spelt not in (w.plain, o) for w, o in zip(span, expected, strict=True)):
            continue
        if short and _is_unit_of(text, position):
            continue
        if len(kinds) > 1 and span[-1].spelt == span[-1].plain:
            continue  # "xa dao thanh" is the commune of Đạo Thạnh
        bare = not short and all(w.spelt == w.plain for w in span)
        name = _behind(text, position + size)
        if name < len(text) and text[name].joint in {"|", "-"}:
            continue
        if bare and size == 1 and accented and not (name < len(text) and text[name].capital):
            # Among marked words "xa" is far and "quan" an official.
            continue
        return kinds[0], name
    return "", 0


def _behind(text: Sequence[Word], name: int) -> int:
    """Where the name begins: behind "xã cũ", "quận số"."""
    if name + 1 < len(text) and _is_era(text[name], text[name + 1]):
        name += 1
    if name + 1 < len(text) and text[name].plain == "so" and text[name + 1].plain.isdigit():
        name += 1
    return name


def _is_era(word: Word, behind: Word) -> bool:
    """Say whether a word is the second of "xã cũ Mỹ Thạnh Đông", and no name (Cư Kuin)."""
    return word.spelt in _ERAS and not word.capital and (behind.capital or word.plain != word.spelt)


def _is_unit_of(text: Sequence[Word], position: int) -> bool:
    """Say whether letters stand glued to an amount (2h, 5p) and not to another place (P5Q3)."""
    if position == 0 or text[position].joint or not text[position - 1].plain.isdigit():
        return False
    glued = position > 1 and not text[position - 1].joint
    return not (glued and (text[position - 2].plain,) in _TYPES)


def number(text: Sequence[Word], name: int, kind: str) -> tuple[str, int]:
    """Read a Roman or spelt-out ward or district number, and where it ends.

    Phường IV, quận bốn, phường mười một; "" if there is none.
    """
    word = text[name]
    if kind not in {"phường", "quận"}:
        return "", name
    if word.plain in ROMAN and word.plain == word.spelt:
        return ROMAN[word.plain], name + 1
    digits = _NUMBERS.get(word.spelt) or _BARE_NUMBERS.get(word.spelt, "")
    if digits == _TEN and name + 1 < len(text) and text[name + 1].joint == " ":
        behind = text[name + 1].spelt
        ones = _NUMBERS.get(behind) or (_BARE_NUMBERS | _BARE_ONES).get(behind, "")
        if len(ones) == 1:
            return f"1{ones}", name + 2
    if not digits and _ends(text, name + 1):
        digits = _BARE_ONES.get(word.spelt, "")
    return digits, name + 1


def _ends(text: Sequence[Word], position: int) -> bool:
    """Say whether a name is over: the message is, a stop stands there, or a district begins."""
    if position >= len(text) or text[position].joint in STOPS:
        return True
    return text[position].plain in {"quan", "q"}
