"""What the words around a number say that it is: "stk", "cccd", "gọi"."""

import re
from bisect import bisect_right
from functools import cached_property

from nlp.mask import Kind

_SAY: tuple[tuple[Kind, str], ...] = (
    ("account", r"stk|tk|tai khoan|so the|the (?:visa|tin dung|atm)|visa|a/c|ck|ngan hang"),
    ("id", r"cccd|cmnd|cmt|can cuoc|chung minh|dinh danh|so cc|ho chieu|passport|bhxh|bhyt|mst"),
    ("phone", r"sdt|s\.d\.t|dt|dien thoai|goi|alo|zalo|lh|lien he|lien lac|hotline|phone|tel|fone"),
)
_WORDS = re.compile(
    rf"(?<![a-z])(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _SAY)})(?![a-z])"
)
_REACH = 40  # characters before a number in which its word stands
# From that word to the number nothing but these.
_BETWEEN = re.compile(
    r"(?:[ :.,\-=#]{1,3}(?:so|la|cua|no|em|e|toi|minh|chau|thu|the|nhan dan|cong dan|ca nhan"
    r"|ngan hang|nhan tien|nay|do|ten|[a-z]{0,12}bank|vcb|bidv|acb|mb)(?![a-z])){0,5}[ :.\-=#]{0,3}"
)


class NumberWords:
    """The words of one text that say what a number is, found once, when first asked for."""

    def __init__(self, bare: str) -> None:
        self._bare = bare

    @cached_property
    def _found(self) -> list[re.Match[str]]:
        return list(_WORDS.finditer(self._bare))

    @cached_property
    def _ends(self) -> list[int]:
        return [found.end() for found in self._found]

    def kind(self, start: int) -> Kind | None:
        """What the last word before a number says that it is."""
        last = self._last(start)
        return None if last is None else next(kind for kind, _ in _SAY if last[kind] is not None)

    def beside(self, start: int) -> bool:
        """Whether such a word stands right before a number."""
        last = self._last(start)
        return last is not None and _BETWEEN.fullmatch(self._bare, last.end(), start) is not None

    def _last(self, start: int) -> re.Match[str] | None:
        at = bisect_right(self._ends, start) - 1
        return self._found[at] if at >= 0 and start - self._ends[at] <= _REACH else None
