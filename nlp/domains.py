"""Internet addresses in a message: official, made to look official, or unknown."""

import re
from collections.abc import Iterable

from nlp.letters import fold
from nlp.text import MAX_CHARS

FAKE = "đường liên kết giả trang"
ODD = "đường liên kết có đuôi lạ"
_SHORTENED = "đường liên kết rút gọn, không thấy nơi đến"

# "vneid[.]vip" is how careful people write an address they do not want anybody to open.
_DOMAIN = re.compile(r"(?<![\w@.-])((?:[a-z0-9-]{1,40}\[?\.\]?){1,5}[a-z]{2,12})(?![\w-])")
_SHORTENERS = frozenset(
    {"bit.ly", "tinyurl.com", "t.co", "goo.gl", "cutt.ly", "is.gd", "ow.ly", "rb.gy", "shorturl.at"}
)
# Endings anybody gets for little money and without proof. Vietnamese offices, banks and shops that
# write to people use .vn or .com.
_CHEAP = re.compile(
    r"top|shop|icu|xyz|vip|click|online|live|buzz|site|work|club|cc|store|fun|life|space|website|win"
    r"|bet|link|info|pro|tk|cn|app|biz|asia|cfd|sbs|cyou|help|support|lol|bond|today|world|press|apk"
    r"|tech|digital|ru"
)
# Part of a Vietnamese domain that is no name: vietcombank.com.vn is called "vietcombank".
_ENDINGS = frozenset({"com", "net", "org", "gov", "edu", "vn", "info", "biz", "name", "pro", "ac"})
_SHORTEST_BRAND = 4  # below that, letters agree by chance
_DIGIT_LETTERS = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s"})
# Brands people know that are no label of an official domain.
_BRANDS = ("vietinbank", "vneid", "phatnguoi", "csgt", "dichvucong", "shopee", "bocongan", "etax")


class Official:
    """The allow-list and the names others borrow from it."""

    def __init__(self, listed: Iterable[str]) -> None:
        self._domains = frozenset(listed)
        names = {_name(domain) for domain in self._domains} | set(_BRANDS)
        self._names = sorted(name for name in names if len(name) >= _SHORTEST_BRAND)

    def sign(self, domain: str) -> str | None:
        """Say what is wrong with an address, if anything."""
        if domain in _SHORTENERS:
            return _SHORTENED
        if self._official(domain):
            return None
        bare = domain.translate(_DIGIT_LETTERS)
        for name in self._names:
            if name in domain or name in bare or _one_slip(name, _name(bare)):
                return f"{FAKE} {name}: {domain}"
        if "gov" in domain.replace("-", ".").split("."):
            return f"{FAKE} cơ quan nhà nước: {domain}"
        return f"{ODD} (.{_ending(domain)})" if _CHEAP.fullmatch(_ending(domain)) else None

    def kinds(self, domain: str) -> list[str]:
        """Name what kind of address it is, as features for a model."""
        if self._official(domain):
            return ["@official"]
        sign = self.sign(domain) or ""
        if sign == _SHORTENED:
            return ["@short"]
        if sign.startswith(FAKE):
            return ["@fake"]
        ending = "cheap" if sign else _ending(domain)
        return ["@unknown", f"@.{ending}", *(["@dash"] if "-" in domain else [])]

    def _official(self, domain: str) -> bool:
        parts = domain.split(".")
        if parts[-2:] == ["gov", "vn"]:
            return True  # given out to state bodies only
        return any(".".join(parts[n:]) in self._domains for n in range(len(parts) - 1))


def in_text(text: str) -> list[str]:
    """List the domains a message names, in their order, each once."""
    found = _DOMAIN.findall(fold(text, MAX_CHARS))
    plain = (domain.replace("[", "").replace("]", "").removeprefix("www.") for domain in found)
    return [domain for domain in dict.fromkeys(plain) if "." in domain]


def _ending(domain: str) -> str:
    return domain.rpartition(".")[2]


def _name(domain: str) -> str:
    parts = [part for part in domain.split(".")[:-1] if part not in _ENDINGS]
    return max(parts, key=len, default="")


def _one_slip(name: str, other: str) -> bool:
    """Tell whether two names differ by one letter changed, left out or added."""
    if name == other or abs(len(name) - len(other)) > 1 or len(name) <= _SHORTEST_BRAND:
        return False
    short, long = sorted((name, other), key=len)
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    rest = short[at + 1 :] if len(short) == len(long) else short[at:]
    return rest == long[at + 1 :]
