"""Addresses of the internet as people write them: links, e-mail, names on messengers.

Written to be clicked, to be read out ("chấm com", "a còng"), or not to be clicked (`[.]`, hxxp).
"""

import re
from collections.abc import Iterator

from nlp.letters import is_syllable
from nlp.mask import Mask

_ENDINGS = (
    "com|net|org|vn|info|xyz|top|vip|cc|shop|club|online|site|app|io|me|ly|gg|link|click|live"
    "|store|asia|biz|pro|icu|ru|cn|tk|win|bet|fun|life|work|space|website|apk|zip|tv|co|edu|gov"
    "|cyou|cfd|sbs|buzz|one|dev|cloud|world|today|help|support|mobi|name|asia|press|tech|digital"
)
# Words of Vietnamese as well: "roi.me toi khoc" is a full stop without a blank.
_WORDS_TOO = frozenset({"me", "co", "net", "bet", "ru", "tk", "cn", "ly", "link", "app", "shop"})
_LABEL = r"[a-z0-9_][\w-]{0,40}+"
_DOT = r"(?: ?\[ ?(?:\.|dot|cham) ?\] ?| ?\( ?(?:\.|dot|cham) ?\) ?| ?\{ ?\. ?\} ?|\.)"
_SAID_DOT = r"(?: (?:cham|dot) )"
_REST = r"[^\s<>\"\x01]{0,300}"
_END = r"(?![\w-])(?!\.\w)"

# Few texts need these patterns, and making them all takes 7 ms: `re` makes each when first asked,
# and keeps it.
_EMAIL = (
    r"(?<![\w.+-])[\w.+-]{1,64}+"
    r"(?:"
    rf"(?:@| ?[(\[{{] ?(?:at|a cong) ?[)\]}}] ?| a ?(?:cong|moc|vong) )"
    rf"{_LABEL}(?:(?:{_DOT}|{_SAID_DOT}){_LABEL}){{1,4}}"
    rf"| ?@ ?{_LABEL}(?:{_DOT}{_LABEL}){{0,3}}(?:{_DOT}|{_SAID_DOT})(?:{_ENDINGS}){_END}"
    rf"| at {_LABEL}(?: dot {_LABEL}){{1,3}})"
)
_LINK = (
    rf"h[tx]{{2,3}}ps?:? ?[/\\]{{1,3}} ?[^\s<>\"\x01]{{1,300}}(?: \.(?:{_ENDINGS}){_END}{_REST})?"
    r"|(?<![a-z])www ?\. ?[^\s<>\"\x01]{1,300}"
    r"|(?<![a-z])w w w ?\. ?[\w -]{1,40}+\. ?(?:c ?o ?m|n ?e ?t|v ?n|x ?y ?z|t ?o ?p|v ?i ?p|c ?c)"
    rf"(?![\w]){_REST}"
    rf"|(?<![\w.])\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?::\d{{2,5}}{_REST}|/{_REST})"
)
_DOMAIN = (
    rf"(?<![\w@.-])(?P<label>{_LABEL})(?P<more>(?:{_DOT}{_LABEL}){{0,4}}){_DOT}"
    rf"(?:(?P<ending>{_ENDINGS}){_END}(?P<path>[:/?#]{_REST})?"
    r"|(?P<joined>(?:com|net|org|vn|xyz|vip|top|info|club|site)[a-z]{1,12})(?![\w-])"
    rf"|[a-z]{{2,6}}(?P<page>/[^\s<>\"\x01]{{3,300}}))"
)
_APART = rf"(?<![\w@.-])(?P<label>[a-z0-9][\w.-]{{3,40}}+)(?: ?\. | \.)(?:{_ENDINGS}){_END}{_REST}"
_SAID = (
    r"(?<![\w@.-])(?P<before>(?:[a-z0-9][\w-]{0,30}+ ){0,2})(?P<label>[a-z0-9][\w.-]{0,40}+)"
    rf" (?P<dot>cham|dot) (?:[\w-]{{1,20}} (?:cham|dot) ){{0,2}}(?:{_ENDINGS}){_END}"
)
_AT_NAME = re.compile(r"(?<![\w@.])@ ?[a-z_][\w.]{2,31}")
_PAGE = r"(?:zalo|tele(?:gram)?|fb|face(?:book)?|nick|insta(?:gram)?|ig|tik ?tok|viber|messenger)"
_NAME = (
    rf"(?:{_PAGE}|acc|user(?:name)?)[ :.\-]{{1,3}}"
    rf"(?:(?:la|cua|no|ten|id|user|acc|{_PAGE})[ :\-]{{1,3}}){{0,3}}"
    r"(?P<name>[a-z][\w.]{2,31}\w)"
)
# Cheap looks that spare most texts the patterns above. Without any of the first an address can only
# be a name of letters and digits; nearly every dot ends a sentence.
_SIGNS = ("@", "/", "\\", "_", "cham", "dot", "www", "w w")
_MAY_BE_DOT = re.compile(r"\.[\w\[({]|[\[({] ?\.")
_EMAIL_SIGNS = ("@", " a cong ", " a moc ", " a vong ", " at ", "[at", "(at", "{at", "(a cong")
_LINK_SIGNS = ("ttp", "xxp", "www", "w w")
_PAGES = (
    "zalo",
    "tele",
    "fb",
    "face",
    "nick",
    "insta",
    "ig",
    "tik",
    "viber",
    "messen",
    "acc",
    "user",
)
_MAY_BE_IP = re.compile(r"\.\d{1,3}\.\d")
_MAY_BE_DOMAIN = re.compile(r"\.[\w\[({]|[\[({] ?(?:\.|dot|cham)")
_MAY_BE_APART = re.compile(rf"\. ?(?:{_ENDINGS})(?![\w-])")
_MANY_DOTS = 2
_LONG = 4  # letters
# Words before an address, or before an ending alone: "link .icu", "file .apk", "đuôi chấm top".
_NO_SITES = frozenset({"link", "file", "web", "website", "app", "online", "duoi", "la", "trang"})
_NO_NAMES = _NO_SITES | {"zalo", "facebook", "fb", "tele", "telegram", "google"}


def find(bare: str, text: str, digits: int) -> list[Mask]:
    """Every address, in order.

    Args:
        bare: the text without accents, letter for letter in the old places.
        text: the same as typed: "chấm com" with its accents is surely said of an address.
        digits: how many are in it.
    """
    kept: list[Mask] = []
    if not _may_hold(bare, digits):
        return kept
    end = 0
    for mask in sorted(_all(bare, text), key=lambda m: (m.start, -m.end)):
        if mask.start >= end:
            kept.append(mask)
            end = mask.end
        elif mask.end > end:  # one that begins inside another and goes on behind it
            kept[-1] = kept[-1]._replace(end=mask.end)
            end = mask.end
    return kept


def _may_hold(bare: str, digits: int) -> bool:
    """Say at once of most texts that no address is in them, and no name with a digit."""
    if _holds(bare, _SIGNS) or not bare.isascii() or _may_be_dot(bare):
        return True
    return digits > 0 and _holds(bare, _PAGES)


def _may_be_dot(bare: str) -> bool:
    return "." in bare and bool(_MAY_BE_DOT.search(bare) or _MAY_BE_APART.search(bare))


def _all(bare: str, text: str) -> Iterator[Mask]:
    yield from _addresses(bare, text)
    for found in re.finditer(_NAME, bare) if _holds(bare, _PAGES) else ():
        begins = found.start() == 0 or not bare[found.start() - 1].isalpha()
        if begins and _is_name(found["name"]):
            yield Mask(*found.span("name"), "handle")


def _addresses(bare: str, text: str) -> Iterator[Mask]:
    if _holds(bare, _EMAIL_SIGNS):
        yield from (Mask(*found.span(), "email") for found in re.finditer(_EMAIL, bare))
    if _holds(bare, _LINK_SIGNS) or _MAY_BE_IP.search(bare):
        yield from (Mask(*found.span(), "url") for found in re.finditer(_LINK, bare))
    if "." in bare or "dot" in bare or "cham" in bare:
        yield from _domains(bare)
    if " cham " in bare or " dot " in bare:
        yield from _said(bare, text)
    if "@" in bare:
        yield from (Mask(*found.span(), "handle") for found in _AT_NAME.finditer(bare))


def _domains(bare: str) -> Iterator[Mask]:
    if _MAY_BE_DOMAIN.search(bare):
        yield from (Mask(*m.span(), "url") for m in re.finditer(_DOMAIN, bare) if _is_site(m))
    if _MAY_BE_APART.search(bare):
        yield from (
            Mask(*m.span(), "url") for m in re.finditer(_APART, bare) if _is_far(m["label"])
        )


def _holds(bare: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110 - `any` of a generator costs four times as much
        if sign in bare:
            return True
    return False


def foreign(label: str) -> bool:
    """Whether letters are no syllable of Vietnamese, so surely no word of the sentence."""
    return not is_syllable(label.rstrip("."))


def _is_site(found: re.Match[str]) -> bool:
    if found["label"] in _NO_SITES and not found["more"]:
        return False
    if found["ending"] is None:  # "nhan-qua.combam" and "youtu.be/abc", but not "tp.hcm/quan 8"
        return len(found["label"]) >= _LONG and foreign(found["label"])
    plain = not found["more"] and not found["path"]
    return not (plain and found["ending"] in _WORDS_TOO) or foreign(found["label"])


def _is_far(label: str) -> bool:
    return label not in _NO_SITES and foreign(label)


def _is_name(name: str) -> bool:
    return "_" in name or any(map(str.isdigit, name)) or name.count(".") >= _MANY_DOTS


def _said(bare: str, text: str) -> Iterator[Mask]:
    for found in re.finditer(_SAID, bare):
        start = found.start()
        for word in (*found["before"].split(), found["label"]):
            if foreign(word) and word not in _NO_NAMES:
                break
            start += len(word) + 1
        if start <= found.start("label"):
            yield Mask(start, found.end(), "url")
        elif text.startswith("chấm", found.start("dot")) and found["label"] not in _NO_SITES:
            yield Mask(found.start("label"), found.end(), "url")
