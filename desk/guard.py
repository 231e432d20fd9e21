"""What may not be said to a sender: nothing that asks who they are, and no link.

A net for slips, not for ill will: an officer who wants to ask in a roundabout way still can.
"""

import re
import unicodedata

from desk.errors import AsksWhoError, HasLinkError

_LINK = re.compile(
    r"https?:|www\."
    r"|\b[a-z0-9-]{2,40}\.(?:com|vn|net|org|info|app|top|xyz|online|shop|site|link|click|icu)\b"
    r"|\b[a-z0-9.-]{1,40}\.[a-z0-9]{1,9}/\S"
)
# "You", as officers address people, and "whoever wrote this". Not after "người" or "đàn": those
# are other people ("người bà", "đàn ông").
_YOU = (
    r"(?<!người )(?<!đàn )"
    r"(?:bà con|anh chị|anh/chị|quý vị|bạn|anh|chị|em|bác|cô|chú|ông|bà|cháu"
    r"|người (?:báo|gửi|viết|nhắn)(?: tin)?)"
)
_WHOSE = rf"(?:của )?(?:{_YOU}|mình)"
_SELF = (  # what belongs to the person alone
    r"(?:họ (?:và )?tên|tên|số điện thoại|sđt|sdt|số đt|(?:số )?zalo|địa chỉ(?: nhà)?|nhà"
    r"|(?:số )?căn cước|(?:số )?cccd|(?:số )?cmnd|danh tính|tuổi)"
)
_ASKING = r"(?:cho (?:biết|xin|mình xin|đơn vị xin|tôi xin)|xin|để lại|cung cấp|nhắn|ghi|gửi)"
_THEIRS = r"(?! (?:người|đối tượng|kẻ|nạn nhân|hắn|quán|chủ|cửa|công ty|tài khoản|của (?:người|kẻ|đối)))"
_ASKS_WHO = (
    rf"{_YOU} (?:là ai|(?:có )?tên (?:là )?gì|là gì của|bao nhiêu tuổi|làm nghề gì)",
    rf"{_YOU} (?:đang )?(?:sống|ở|trú) (?:tại )?đâu",
    rf"{_SELF} {_WHOSE}",
    rf"{_ASKING} (?:họ (?:và )?tên|số điện thoại|sđt|sdt|số đt|(?:số )?zalo|(?:số )?căn cước|(?:số )?cccd"
    rf"|(?:số )?cmnd|danh tính){_THEIRS}",
    rf"{_YOU} chụp (?:thẻ )?(?:căn cước|cccd|cmnd)",
    rf"gọi lại cho {_YOU}",
    r"(?:xưng|khai) (?:rõ )?(?:họ )?tên",
    r"ai (?:là người|đã|vừa) (?:báo|gửi|nhắn)",
    rf"(?:mời {_YOU} (?:đến|lên|tới|ra)|gặp (?:trực tiếp )?{_YOU})",
)
# "No need to say your name" says the opposite.
_REASSURES = re.compile(r"(?:không cần|đừng|không phải|không bắt buộc)[^.?!\n]*")


def check_reply(text: str) -> None:
    """Stop a reply that could give the sender away.

    Raises:
        AsksWhoError: it asks who the sender is.
        HasLinkError: it carries a link, which would show their browser to whoever runs the site.
    """
    plain = _folded(text)
    if _LINK.search(plain):
        raise HasLinkError
    asking = _ASKING_WHO if plain != _without_marks(plain) else _ASKING_WHO_WITHOUT_MARKS
    if asking.search(_REASSURES.sub("", plain)):
        raise AsksWhoError


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text).replace("đ", "d")
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_ASKING_WHO = re.compile(rf"\b(?:{'|'.join(_ASKS_WHO)})\b")
# Words typed without marks are read without marks; otherwise "bà" would be every "ba".
_ASKING_WHO_WITHOUT_MARKS = re.compile(_without_marks(_ASKING_WHO.pattern))
