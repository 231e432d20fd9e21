"""What may not be said: nothing that asks a sender who they are, no link, no belief.

A net for slips, not for ill will: an officer who wants to ask in a roundabout way still can.
"""

import re
import unicodedata
from typing import NamedTuple

from desk.errors import AsksWhoError, HasLinkError

# A faith, an ethnicity or an opinion itself. A temple's name misused by swindlers is none of these.
_BELIEF = re.compile(
    r"\b(?:theo đạo|tà đạo|đạo lạ|đạo trái|tôn giáo|tín ngưỡng|tín đồ|giáo phái|giáo dân|hội thánh"
    r"|phật giáo|công giáo|thiên chúa|tin lành|cao đài|hòa hảo|hoà hảo|hồi giáo|bàni"
    r"|(?:người|đồng bào|bà con) dân tộc|dân tộc thiểu số|sắc tộc"
    r"|(?:người|đồng bào|bà con) (?:kh[ơo] ?me|khmer|chăm|thượng|h'?mông|mông|ê ?đê|gia ?rai"
    r"|ba ?na)"
    r"|xuyên tạc|nói xấu (?:chính quyền|đảng|nhà nước|lãnh đạo|cán bộ)|phản động|chống phá"
    r"|chống đối chính quyền|biểu tình|bầu cử|đa đảng|nhân quyền|dân chủ"
    r"|(?:khảo sát|thăm dò|lấy) (?:ý kiến|dư luận)|tư tưởng|chính trị)\b"
)
_LINK = re.compile(
    r"https?:|www\."
    r"|\b[a-z0-9-]{2,40}\.(?:com|vn|net|org|info|app|top|xyz|online|shop|site|link|click|icu)\b"
    r"|\b[a-z0-9.-]{1,40}\.[a-z0-9]{1,9}/\S"
)
# "You", as officers address people, and "whoever wrote this". After "người" or "đàn" it is somebody
# else ("người bà", "đàn ông").
_YOU = (
    r"(?<!người )(?<!đàn )"
    r"(?:bà con|anh chị|anh/chị|quý vị|bạn|anh|chị|em|bác|cô|chú|ông|bà|cháu"
    r"|người (?:báo|gửi|viết|nhắn)(?: tin)?)"
)
_NUMBER = r"(?:số điện thoại|sđt|sdt|số đt|(?:số )?zalo)"
_PAPERS = r"(?:số )?(?:căn cước|cccd|cmnd)"
_NAME = r"(?:họ (?:và )?tên|danh tính)"
_OWN = rf"(?:{_NAME}|{_NUMBER}|{_PAPERS})"
_PLEASE = r"(?:cho )?(?:mình |đơn vị |tôi )?xin"
_OTHERS = (  # "the number of whoever called" asks for facts
    r"(?! (?:người|đối tượng|kẻ|nạn nhân|hắn|quán|chủ|công ty|tài khoản|đã|gọi|mà|nào"
    r"|của (?:người|kẻ|đối|hắn)))"
)
_ASKS_WHO = (
    rf"{_YOU} (?:là ai|(?:có )?tên (?:là )?gì|là gì của|bao nhiêu tuổi|làm nghề gì)",
    rf"{_YOU} (?:đang )?(?:(?:sống|trú) )?(?:ở|tại) đâu",
    rf"(?:{_OWN}|tên|tuổi|nhà|địa chỉ) (?:của )?(?:{_YOU}|mình)",
    rf"(?:cho biết|{_PLEASE}|để lại|cung cấp|nhắn|ghi|gửi) {_OWN}{_OTHERS}",
    rf"{_YOU} chụp (?:thẻ )?{_PAPERS}",
    rf"gọi lại cho {_YOU}",
    r"(?:xưng|khai) (?:rõ )?(?:họ )?tên",
    r"ai (?:là người|đã|vừa) (?:báo|gửi|nhắn)",
    rf"(?:mời {_YOU} (?:đến|lên|tới|ra)|gặp (?:trực tiếp )?{_YOU})",
)
# "No need to say your name" says the opposite.
_REASSURES = r"(?:không cần|đừng|không bắt buộc)[^.?!\n]*"


def check_reply(text: str) -> None:
    """Stop a reply that could give the sender away.

    Raises:
        AsksWhoError: it asks who the sender is.
        HasLinkError: it carries a link, which would show their browser to whoever runs the site.
    """
    plain = _folded(text)
    if _LINK.search(plain):
        raise HasLinkError
    # Words typed without marks are read without marks; otherwise "bà" would be every "ba".
    reading = _MARKED if plain != _without_marks(plain) else _UNMARKED
    if reading.asks_who.search(reading.reassures.sub("", plain)):
        raise AsksWhoError


def about_belief(text: str) -> bool:
    """Whether a notice is about a faith, an ethnicity or an opinion, which none may be."""
    return _BELIEF.search(_folded(text)) is not None


def has_link(text: str) -> bool:
    """Whether there is a link that works when pressed; one written "vneid[.]xyz" does not."""
    return _LINK.search(_folded(text)) is not None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text).replace("đ", "d")
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class _Reading(NamedTuple):
    """The patterns for one way of writing."""

    asks_who: re.Pattern[str]
    reassures: re.Pattern[str]


_EVERY = rf"\b(?:{'|'.join(_ASKS_WHO)})\b"
_MARKED = _Reading(re.compile(_EVERY), re.compile(_REASSURES))
_UNMARKED = _Reading(re.compile(_without_marks(_EVERY)), re.compile(_without_marks(_REASSURES)))
