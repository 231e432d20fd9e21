"""What in a tip may tell who wrote it: own name, telephone, home, plate, papers, work.

Rules, because nobody's real messages may be collected to learn from. What is said of others is
what a tip is for, and stays. A finding is an offer: the sender decides.
"""

import re
import unicodedata
from typing import Literal, NamedTuple

Kind = Literal["name", "phone", "home", "plate", "paper", "email", "social", "work"]
MASK = "[đã che]"


class Disclosure(NamedTuple):
    """Characters `start` up to `end` of the composed (NFC) text."""

    kind: Kind
    start: int
    end: int


def _parts(words: str) -> list[str]:
    return [part.strip() for part in words.split("|")]


def _any(words: str) -> str:
    """One of these, separated by bars; each is part of a pattern."""
    return f"(?:{'|'.join(_parts(words))})"


# Whoever writes, by the words people use for themselves; read without accents, in small letters.
_SELVES = r"toi | tui | tau | tao | minh | mik | mk | em | e | to"
_NOT_SELF = "lua|me|do|nay|mu|nho|be|ma|trai|gai|kia|buon|danh|ba|ong|hang"  # "con lừa đảo"
_I = rf"(?:{_any(_SELVES)}\b|(?:con|chau)\b(?! {_any(_NOT_SELF)}\b))"
_MINE = rf"(?:(?:cua )?{_I})"
_IS = r"(?: ?(?:la|:|=|-)+ ?| )"
_NUMBER = r"(?:\+?84|0)(?:[ .\-]?[\dx*]){8,10}(?![\d])"
_PLATE = r"\d{2}[a-z]{1,2}\d?[ \-]{0,2}[\dx]{3}[. ]?[\dx]{1,2}(?!\w)"
_STOP = (
    r"(?=[,.;!?\n()]|$"
    r"| (?:ma|nen|thi|thay|nhung|va|bi|dang|hay|vua|co thay|o day|xin|nha|a|ak|nhe)\b)"
)
# A number after these is somebody else's: that is what the tip is about.
_THEIRS = re.compile(
    r"\b"
    + _any(
        """no|han|y|bon|tui no|chung|thang|con me|con do|con nay|con mu|doi tuong|ke|ga|lao|mu|ong
        |ba|so la|so nay|so do|lua|goi den|goi toi|goi cho|goi vao|nhan tin tu|cua chu|chu quan
        |tai khoan|stk|chuyen khoan|hotline|tong dai|cong ty|shop|quan|bien hieu|quang cao|to roi
        |dan tuong"""
    )
    + r"\b"
)
# So close before a number it is the writer's own, whatever else the sentence speaks of.
_OURS = re.compile(
    rf"\b(?:lien he|lien lac|goi lai|goi (?:cho )?{_I}|alo|inbox|ib|can gi goi|co gi goi)\b"
    rf"(?: (?:cho|qua|theo|voi|vao|so|nay|{_I}))*[^\w]*$|{_I}[ :]*(?:qua|so|la)?[ :]*$"
)
_MONEY = re.compile(r"\b(?:tai khoan|stk|chuyen khoan|chuyen tien)\b")
_ANYBODYS = frozenset({"phone", "email"})  # without a word that says whose it is
_WORKPLACE = _any(
    """truong|cong ty|cty|xuong|nha may|quan|benh vien|tram|kho|lop|khoa|phong|cho|khach san
    |ngan hang|ubnd|uy ban|chi nhanh|sieu thi|cua hang|tiem|bai|cang|hop tac xa|htx|doi
    |xi nghiep|nhom tre|thon|ban|to|trung tam|mam non|nha thuoc|trg|thcs|thpt|phan xuong|ben xe
    |ben tau|kho bac|buu dien|nong truong|trai|vuon|khu cong nghiep|kcn|hieu thuoc"""
)
_JOB = _any(
    """giao vien|co giao|thay giao|cong nhan|bao ve|ke toan|y ta|dieu duong|bac si|duoc si
    |hoc sinh|sinh vien|tai xe|can bo|truong thon|to truong|truong ap|truong ban|nhan vien
    |thu ngan|ve si|tap vu|lao cong|phu ho|tho|shipper|quan ly|giam sat|thu kho|le tan|phuc vu
    |chu nhiem|bi thu|cong tac vien|ky thuat|ky su|bao mau|doi|hoi truong|chi hoi|thu ky|boc xep
    |lai xe|ban ve so|xe om|dau bep|phu bep|phu xe|dan quan|y si|ho ly|bao tri|to vien|doi truong
    |nv|cn|hs|sv|gv|nhan su|hanh chinh|ban hang|tiep tan|trong tre|giu xe|giu tre|pha che"""
)
_BESIDE = _any(
    r"""so(?: nha)? ?\d|doi dien|doi mat|canh|sat|ke|gan|ngay|dau|cuoi|giua|sau|truoc|trong|can\b
    |phong\b|ngo|hem|kiet|lo\b|tang|to\b|ap\b|thon|xom|khu|chung cu|chung vach|vach|cai nha
    |tren|duoi|ben (?:hong|canh|trai|phai)"""
)
_ROOM = _any(
    r"""so(?: nha)? ?\d|nha so|can ho|can \w?\d|phong(?: tro)?(?: so)? ?\w?\d|day tro|chung cu
    |toa\b|block|tang \d|canh nha|sat nha|doi dien|ke ben|sat vach|hem \d|ngo \d|kiet \d
    |ngach \d|p ?\d|ki ?-? ?ot|quay|sap|tren lau|ngay (?:tren|duoi|canh|doi dien|sat)|lo \d"""
)
_PAPER = _any(
    """cccd|cmnd|cmt|can cuoc|so dinh danh|ma so thue|so bhxh|bhxh|bhyt|bao hiem y te|bao hiem
    |ho chieu|passport|ma ho so|the dang vien|giay phep lai xe|bang lai"""
)
_ACCOUNT = _any("stk|so tai khoan|tai khoan|so the")
_PAGE = _any("fb|face|facebook|phay|zalo|tiktok|tik tok|insta|nick|tele|telegram")
_WHILE = _any("dang|hien|cung|von|truoc|tung|thue|tro|song|cu tru|tam tru")

# Each says which part gives the writer away.
_EMAIL = r"(?P<part>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
_A_NUMBER = rf"(?<![\w.])(?P<part>{_NUMBER})"
_MY_PAPER = (
    rf"\b{_PAPER}(?: cong dan)?(?: so)? {_MINE}(?: so)?{_IS}"
    r"(?P<part>[a-z]{0,2}\d(?:[ .]?[\dx*]){5,14})"
)
_MY_ACCOUNT = (
    rf"\b{_ACCOUNT} {_MINE}(?: so)?(?: [a-z]{{2,12}})?{_IS}(?P<part>\d(?:[ .]?[\dx*]){{5,18}})"
)
_MY_VEHICLE = (
    rf"\bxe(?: may| oto| o to| con| tai| wave| sh| ab)? {_MINE}[^,.;!?\n]{{0,30}}?"
    rf"(?P<part>{_PLATE})"
)
_MY_RIDE = (
    rf"\b{_I} (?:(?:dang|co) )?(?:chay|di|lai|cam lai|dieu khien|ngoi)\b[^,.;!?\n]{{0,30}}?"
    rf"(?P<part>{_PLATE})"
)
_OUR_VEHICLE = (
    rf"\bxe (?:cua )?(?:ba|me|ma|bo|cha|chong|vo|con|anh|chi|em|nha|gia dinh) {_I}"
    rf"[^,.;!?\n]{{0,30}}?(?P<part>{_PLATE})"
)
_MY_PLATE = rf"\bbien(?: so)?(?: xe)? {_MINE}{_IS}(?P<part>{_PLATE})"
_MY_PAGE = rf"\b{_PAGE} {_MINE}(?: ten)?{_IS}(?P<part>[^,.;!?\n]{{2,30}}?){_STOP}"
_PAGE_I_USE = (
    rf"\b{_I} (?:dung|xai|choi|co|lay) (?:nick |tai khoan |trang )?{_PAGE}(?: ten| la)? "
    rf"(?P<part>[^,.;!?\n]{{2,40}}?){_STOP}"
)
_MY_HOUSE = (
    rf"\bnha (?:cua )?(?:{_I}|chung toi|gia dinh (?:toi|em|minh)) (?:thi )?(?:o |nam )?"
    rf"(?P<part>{_BESIDE}[^,.;!?\n]{{0,45}}?){_STOP}"
)
_MY_ROOM = (
    rf"\b{_I} (?:{_WHILE} )*(?:o|tai|o tro|thue|muon)(?: tro)?(?: tai| o)? "
    rf"(?P<part>{_ROOM}[^,.;!?\n]{{0,45}}?){_STOP}"
)
_MY_ADDRESS = (
    rf"\bdia chi(?: nha| gia dinh)? {_MINE}(?: o)?{_IS}(?P<part>[^.;!?\n]{{4,60}}?)(?=[.;!?\n]|$)"
)
_HOUSE_TOO = rf"\b{_I}\b[^.!?\n]{{0,45}}, nha (?:o )?(?P<part>{_BESIDE}[^,.;!?\n]{{0,45}}?){_STOP}"
_MY_JOB = (
    rf"\b{_I} (?:{_WHILE} )*(?:la |lam )?(?:nghe )?"
    rf"(?P<part>{_JOB}[^,.;!?\n]{{0,25}}?\b{_WORKPLACE} [^,.;!?\n]{{1,40}}?){_STOP}"
)
_MY_WORK = (
    rf"\b{_I} (?:{_WHILE} )*(?:la|lam) (?P<part>(?!nguoi|khach|nan nhan|hang xom|dan\b|chu quan)"
    rf"[^,.;!?\n]{{3,45}}?\b{_WORKPLACE} [^,.;!?\n]{{1,40}}?){_STOP}"
)
_NAME_AND_JOB = (
    rf"\b(?:{_I} (?:la|ten)|ten {_I})\b[^,.;!?\n]{{0,35}}, "
    rf"(?P<part>{_JOB}[^,.;!?\n]{{0,25}}?\b{_WORKPLACE} [^,.;!?\n]{{1,40}}?){_STOP}"
)
_MY_WORKPLACE = (
    rf"\b{_I} (?:{_WHILE} )*"
    r"(?:hoc|hc|hok|day|truc|lam viec|lam|phu|ban|gac|giu|may|nau|quet don|lai xe) "
    r"(?:(?:o|tai|cho|ben) )?"
    rf"(?P<part>(?:lop \d|{_WORKPLACE} )[^,.;!?\n]{{1,45}}?){_STOP}"
)
_RULES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", re.compile(_EMAIL)),
    ("phone", re.compile(_A_NUMBER)),
    ("paper", re.compile(_MY_PAPER)),
    ("paper", re.compile(_MY_ACCOUNT)),
    ("plate", re.compile(_MY_VEHICLE)),
    ("plate", re.compile(_MY_RIDE)),
    ("plate", re.compile(_OUR_VEHICLE)),
    ("plate", re.compile(_MY_PLATE)),
    ("social", re.compile(_MY_PAGE)),
    ("social", re.compile(_PAGE_I_USE)),
    ("home", re.compile(_MY_HOUSE)),
    ("home", re.compile(_MY_ROOM)),
    ("home", re.compile(_MY_ADDRESS)),
    ("home", re.compile(_HOUSE_TOO)),
    ("work", re.compile(_MY_JOB)),
    ("work", re.compile(_MY_WORK)),
    ("work", re.compile(_NAME_AND_JOB)),
    ("work", re.compile(_MY_WORKPLACE)),
)

_TEN = r"(?:ho (?:va )?)?ten(?: that)?(?: day du)?"
_NAMED = re.compile(
    rf"\b(?:{_I} (?:xin )?(?:(?:tu )?xung )?{_TEN}(?: la\b)?|{_TEN}(?: cua)? {_I}(?: la\b)?"
    rf"|(?:nguoi (?:bao|gui|viet|lam don)|ky ten)(?: tin)?|{_I} (?:day )?la\b) ?:? ?"
)
_TITLE = r"(?:(?:co|chu|anh|chi|bac|ong|ba|di|cau|mo|thim|me|em) )?"
_CALLED = re.compile(
    rf"\b(?:(?:goi|keu) {_I} (?:la|bang)|(?:gap|hoi|tim|kiem) {_I},|{_I},) ?{_TITLE}"
)
_ASK_FOR = re.compile(
    rf"{_NUMBER}[ ,.;(\-]{{0,3}}(?:gap|hoi) (?:co|chu|anh|chi|bac|ong|ba|em|thay)\b "
)
_JUST_ME = re.compile(rf"\b{_I} (?=[^\W\d_]+ [^\W\d_]+)")
_HERE_I_AM = re.compile(r"^(?=[^\W\d_]+(?: [^\W\d_]+)? ne\b)")
_LATE_NAME = re.compile(rf"\b{_I} [^.!?\n]{{0,40}}?, ten (?:la )?")
_BEGINS = re.compile(r"(?:^|\n) ?(?:ho (?:va )?)?ten(?: toi)? ?: ?")
_SIGNED = re.compile(r"(?:[\n.!?] ?[-\u2013\u2014]{1,2} ?|\n)(?=[^\n]{2,30}$)")
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,4}")
# Where a name typed in small letters ends, or "tôi là" begins something else.
_NO_NAME = frozenset(
    _parts("""nguoi|dan|cong|nhan|hang|xom|chu|quan|o|tai|va|voi|nha|muon|xin|bao|cung|dang|hay
    |bi|thay|la|co|khong|mot|hoc|sinh|vien|giao|chong|vo|me|bo|cha|ba|ma|con|cai|em|chi|anh|nan
    |khach|day|nhe|a|da|minh|toi|sdt|so|dt|dien|thoai|nhu|do|ai|gi|nay|kia|the|vay|thi|nen|hom
    |bac|nong|xe|phu|huynh|thuong|cu|tru|thue|tro|lam|ban|be|hoi|truong|thon|ap|to|ve|shipper|ngu
    |tieu|luon|rat|lo""")
)
_LONGEST_NAME = 4  # words
# What comes before a name; whether the name may lack capitals; of how many words it is at least.
_NAME_RULES = (
    (_NAMED, True, 1),
    (_BEGINS, True, 1),
    (_SIGNED, False, 1),
    (_CALLED, False, 1),
    (_ASK_FOR, False, 1),
    (_JUST_ME, False, 2),
    (_HERE_I_AM, False, 1),
    (_LATE_NAME, False, 1),
)


def find(text: str) -> tuple[Disclosure, ...]:
    """What may tell who wrote the text, in order, not overlapping.

    Args:
        text: composed (NFC), as it would be sent; of any length up to a tip's.
    """
    bare = _bare(text)
    found = [
        Disclosure(kind, *match.span("part"))
        for kind, rule in _RULES
        for match in rule.finditer(bare)
        if kind not in _ANYBODYS or not _is_theirs(bare, *match.span("part"))
    ]
    found += _names(text, bare)
    kept: list[Disclosure] = []
    for one in sorted(found, key=lambda d: (d.start, -d.end)):
        if one.end > one.start and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return tuple(kept)


def masked(text: str) -> str:
    """The text with `MASK` where its writer was given away."""
    text = unicodedata.normalize("NFC", text)
    for one in reversed(find(text)):
        text = text[: one.start] + MASK + text[one.end :]
    return text


def _bare(text: str) -> str:
    """Small letters without accents, each in its old place."""
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return "d" if base == "đ" else base


def _is_theirs(bare: str, start: int, end: int) -> bool:
    """Whether the words around speak of somebody else, and not of whoever writes."""
    sentence = max(bare.rfind(stop, 0, start) for stop in ".!?\n") + 1
    before = bare[max(sentence, start - 60) : start]
    if _OURS.search(before[-30:]) and not _MONEY.search(before):
        return False
    after = re.split(r"[.!?\n]", bare[end : end + 40], maxsplit=1)[0]
    return _THEIRS.search(before) is not None or _THEIRS.search(after) is not None


def _names(text: str, bare: str) -> list[Disclosure]:
    found = []
    for rule, small, fewest in _NAME_RULES:
        for match in rule.finditer(bare):
            sure = small and (rule is not _NAMED or "ten" in match[0])
            if rule is _LATE_NAME and _THEIRS.search(match[0]):
                continue
            end = _name_end(text, bare, match.end(), small=sure)
            if len(text[match.end() : end].split()) >= fewest:
                found.append(Disclosure("name", match.end(), end))
    return found


def _name_end(text: str, bare: str, start: int, *, small: bool) -> int:
    """Where a name that begins here ends; `start` if none does.

    Args: small: a name may lack capitals.
    """
    match = _NAME.match(text, start)
    if match is None:
        return start
    end = start
    typed_small = text == text.lower()
    for number, word in enumerate(re.finditer(r"\S+", match[0])):
        begin = start + word.start()
        is_name = word[0][0].isupper() or (small and (typed_small or number == 0))
        capital = word[0][0].isupper() and not text.isupper()
        no_name = bare[begin : start + word.end()] in _NO_NAME and not capital
        if number == _LONGEST_NAME or not is_name or no_name:
            break
        end = start + word.end()
    return end
