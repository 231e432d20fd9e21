"""Words around a place name that say what it is: a scene, a home, a road, a person, a landmark."""

from collections.abc import Sequence
from enum import Enum

from nlp.cuewords import Phrases
from nlp.spelling import STOPS, Word


class Lead(Enum):
    """What the words right before an untyped name make of it."""

    ROAD = "road"
    BODY = "body"
    PERSON = "person"
    HAMLET = "hamlet"
    LANDMARK = "landmark"
    LOCAL = "local"
    """A landmark that bears a commune's name by chance too: a temple, a filling station."""
    CROSSING = "crossing"
    """A landmark that may be called after a place far away, but lies where its address says."""
    COMMUNAL = "communal"
    """A landmark called after its commune or a person: a market, a ferry, a school."""
    AT = "at"


LANDMARKS = frozenset({Lead.LANDMARK, Lead.CROSSING, Lead.LOCAL, Lead.COMMUNAL})


class Role(Enum):
    """What a place has to do with what happened."""

    SCENE = "scene"
    HOME = "home"
    ORIGIN = "origin"
    DENIED = "denied"


# Words that may stand between a cue and the name: "em ở khu phố 2, phường …", "từ hướng xã …".
_GAPS = {Role.SCENE: 4, Role.HOME: 4, Role.ORIGIN: 1, Role.DENIED: 1}
_REACH = max(_GAPS.values())


_LEADS = Phrases(
    {
        Lead.ROAD: "đường, phố, hẻm, ngõ, ngách, kiệt, quốc lộ, đại lộ, tỉnh lộ, hương lộ, lộ,"
        " cao tốc, đường số, tuyến",
        Lead.BODY: "công ty, cty, ngân hàng, quán, tiệm, shop, nhà hàng, khách sạn, karaoke, hãng,"
        " tập đoàn, doanh nghiệp, cửa hàng, nhà xe, nhà nghỉ, biển số, tiệm vàng, quán cà phê,"
        " quán nhậu, hiệu, thương hiệu, facebook, zalo, nick, xe khách, báo, đài, clb, cơ sở,"
        " phở, bún bò, bún chả, bánh canh, bánh mì, bánh tráng, hủ tiếu, cơm tấm, rượu, nước mắm",
        Lead.PERSON: "anh, chị, ông, bà, cô, chú, bác, em, cháu, thằng, tên, bé, cậu, mợ, dì, họ,"
        " bạn, thầy, đối tượng",
        Lead.HAMLET: "ấp, thôn, khóm, tổ, xóm, khu phố, kp, khu, khu dân cư, kdc, bản, buôn, làng,"
        " tổ dân phố, tdp, sóc, phum, plei, cụm, đội",
        Lead.COMMUNAL: "chợ, chợ nổi, chợ đêm, chợ cũ, bến xe, bến phà, bến thuyền,"
        " bến đò, bến tàu, phà, cảng,"
        " cửa biển, cửa sông, cảng cá, bến cá, bãi biển, bãi tắm, khu du lịch, bưu điện, ubnd,"
        " ủy ban, ủy ban nhân dân, trụ sở,"
        " trạm y tế, vàm, bãi rác, trạm, trạm bơm, đình, nghĩa trang, nhà văn hóa, sân vận động,"
        " trường, thpt, thcs, đảo, cù lao, cồn, hòn, tiểu học, mầm non, mẫu giáo, cấp 1, cấp 2,"
        " cấp 3, trung tâm, cây xăng, nông trường",
        Lead.LOCAL: "chùa, nhà thờ, giáo xứ",
        Lead.CROSSING: "ngã ba, ngã tư, ngã năm, ngã sáu, ngã bảy, vòng xoay",
        Lead.LANDMARK: "cầu, đại học, bệnh viện, đền, công viên, kcn, khu công nghiệp,"
        " cụm công nghiệp, hồ, sông,"
        " kênh, rạch, núi, đèo, sân bay, ga, chung cư, khu đô thị, kđt,"
        " siêu thị, cống, chân cầu, dốc, đập, suối, thác,"
        " thánh thất, nhà máy",
        Lead.AT: "ở, tại, bên, về, đến, tới, gần, khu vực, địa bàn, dưới, trên, trong, ngay, quanh,"
        " phía, sang, ra, vô, vào, thuộc, lên, xuống, ghé,"
        " bà con, làng nghề, đoạn, biển, bãi, làng nghề giấy, làng nghề gỗ, làng nghề gốm,"
        " làng nghề mộc, làng nghề đúc, làng mộc, làng gốm, làng lụa, làng hoa, làng nón,"
        " làng chài",
    }
)

_ROLES = Phrases(
    {
        Role.HOME: "em ở, tôi ở, tui ở, mình ở, cháu ở, con ở, nhà tôi ở, nhà em ở, nhà tui ở,"
        " nhà mình ở, chúng tôi ở, sống ở, sinh sống, cư trú, thường trú, tạm trú, hộ khẩu, trú,"
        " trú tại, ngụ, ngụ tại, người dân, dân, người, em sống, tôi sống, em đang ở, tôi đang ở,"
        " sinh sống tại, thường trú tại, tạm trú tại, cư trú tại, hộ khẩu ở, sống tại, ở trọ,"
        " khai nhà ở, khai ở, nhà nó ở, nhà hắn ở, nhà ổng ở, nhà bả ở",
        Role.ORIGIN: "từ, chạy từ, đi từ, đến từ, xuất phát từ, quê, quê ở, quê quán, nguyên quán,"
        " gốc, giả danh, mạo danh, tự xưng, xưng, xưng là, giả danh công an, mạo danh công an,"
        " xưng công an, xưng là công an, tự xưng công an, tự xưng là công an, xưng cán bộ, giáp,"
        " xưng là cán bộ, giáp ranh, cách, hướng, hướng về, chạy về, bỏ chạy về, hướng đi, đi về",
        Role.DENIED: "không phải, không phải ở, không phải là, chứ không, chứ không phải,"
        " chứ không phải ở, không ở, không thuộc, chẳng phải, chả phải, đâu phải, đừng nhầm,"
        " đừng nhầm với, nhầm với, lộn với, khác với, hổng phải, hông phải, hỏng phải, hong phải,"
        " ko phải, k phải, hok phải, khg phải, kg phải, chớ không phải, không phải bên,"
        " không phải tại, không phải của, không phải trên, không phải thuộc, hổng phải ở,"
        " hông phải ở, ko phải ở, k phải ở, chẳng phải ở, không xảy ra ở, không xảy ra tại,"
        " không có ở",
        Role.SCENE: "thấy, xảy ra, tại, bên, đi qua, ngang qua, ghé, sang, mà ở, mà là, bỏ xe ở,"
        " có mặt ở, hiện ở, gây án, phát hiện, xảy ra ở, xảy ra tại, ra tay ở, bắt ở, vứt ở,"
        " trên địa bàn, tụ tập ở, hoạt động ở, bắt gặp, gặp, chứng kiến, giờ ở, đi ngang,"
        " đi ngang qua, ngã tư, thứ tư, ở quê, dưới quê, về quê, ngoài quê, trong quê, trên quê",
    }
)

_DENYING = frozenset(
    {"phai", "khong", "nham", "lon", "khac"}  # a word of each phrase that denies
)
_PASSING = Phrases({True: "qua, đến, tới, sang, về, ra, vào, vô, xuống, lên"})
_MEETING = frozenset({"thi", "bi", "gap", "thay"})

# A new clause: what was said about home or origin no longer holds.
_BREAKS = Phrases(
    {
        True: "rồi, nhưng, nhưng mà, hôm qua, hôm nay, tối qua, sáng nay, thì, nay, xong, sau đó,"
        " mà, có"
    }
)

# Said of the place one is in: when nothing else is named, one's home commune is meant.
_REGIONS = Phrases(
    {
        True: "xứ nghệ, nghệ tĩnh, xứ thanh, xứ huế, xứ quảng, xứ lạng, xứ dừa, xứ nẫu, đất cảng,"
        " đất mũi, đất quảng, đất tổ, bảy núi, tây đô, hà thành, tràng an, đồng tháp mười,"
        " miệt thứ, đất võ, vùng mỏ, đất mỏ"
    }
)
_HERE = Phrases(
    {
        True: "xóm em, xóm tôi, xóm mình, nhà em, nhà tôi, nhà tui, chỗ em, chỗ tôi, gần nhà,"
        " ở đây, xã mình, xã em, xã tôi, xã nhà, phường mình, phường em, phường tôi, hàng xóm,"
        " khu em, ấp em, ấp tôi, ấp mình, thôn em, thôn tôi, thôn mình, thị trấn cũ, kế nhà,"
        " cạnh nhà, sát nhà,"
        " trong ấp, trong xóm, trong thôn, đầu xóm, cuối xóm, trong xã, tổ em, khu tôi, làng em,"
        " bên em, bên tôi, đầu hẻm, đầu ngõ, cuối hẻm, cuối ngõ, xóm trọ, khu trọ"
    }
)


_FORMER = frozenset({"cu", "cu~"})
_OR = frozenset({"hay", "hoac"})
_JOINERS = _OR | {"va", "voi", "vs", "lan"}
_TIMES = frozenset({"nay", "gio", "cu", "truoc", "moi", "xua"})
_EQUATION = _TIMES | {
    "la", "thuoc", "day", "bay", "hien", "ve", "sap", "nhap", "vao", "thanh", "ten"
}  # fmt: skip
_LONGEST_EQUATION = 5
# What has a number of its own: "ấp 3 Mỹ Lệ" is no house.
_NUMBERED = frozenset(
    {"ap", "thon", "khom", "to", "xom", "kp", "pho", "khu", "doi", "ban", "lang", "buon", "cap"}
    | {"p", "f", "phuong", "q", "quan", "x", "xa"}
)
_BORDER = Phrases({True: "giáp, giáp ranh, ranh giới, giữa, ranh, giáp ranh giữa, ranh giới giữa"})
_GREETING = 6
_GREETINGS = frozenset({"oi", "alo", "da", "a", "thua", "bot"})


def lead(words: Sequence[Word], first: int, *, accented: bool) -> Lead | None:
    """Say what the words right before position `first` make of a name there."""
    if first == 0 or words[first].joint in STOPS:
        return None
    if (
        words[first - 1].plain.isdigit()
        and _LEADS.ending_at(words, first - 1, accented=accented) is Lead.HAMLET
    ):
        return Lead.AT  # "ấp 3 Đốc Binh Kiều": the hamlet has its name already
    return _LEADS.ending_at(words, first, accented=accented)


def role(words: Sequence[Word], first: int, floor: int, *, accented: bool) -> Role:
    """Say what a place named at `first` has to do with the matter.

    Args: floor: the end of the place named before it; cues before that belong to that place.
    """
    for gap in range(min(first - floor, _REACH) + 1):
        end = first - gap
        found = _ROLES.ending_at(words, end, accented=accented)
        listed = found is Role.ORIGIN and not gap and words[first].joint == "|"  # "chùa Hương, xã"
        if found is not None and gap <= _GAPS[found] and not listed:
            return found
        if gap and (words[end].joint == "." or _BREAKS.ending_at(words, end, accented=accented)):
            break
    return Role.SCENE


def denies(words: Sequence[Word]) -> bool:
    """Say whether a message may deny anything at all."""
    return not _DENYING.isdisjoint(w.plain for w in words)


def denied_until(words: Sequence[Word], first: int, *, accented: bool) -> int:
    """Give the end of "không phải An Thạnh bên Mỏ Cày" from its name; `first` if not denied."""
    cued = (
        _ROLES.ending_at(words, first - gap, accented=accented)
        for gap in range(min(first, _GAPS[Role.DENIED]) + 1)
    )
    if Role.DENIED not in cued:
        return first
    ends = (i for i in range(first + 1, len(words)) if words[i].joint in STOPS or _turns(words[i]))
    return next(ends, len(words))


def _turns(word: Word) -> bool:
    return word.plain in {"ma", "nhung", "nha", "nhe", "nghen", "dau"}


def passes(words: Sequence[Word], first: int, *, accented: bool) -> bool:
    """Say whether the way leads through or to a place: "từ xã A qua xã B"."""
    return _PASSING.ending_at(words, first, accented=accented) is not None


def meets(words: Sequence[Word], end: int) -> bool:
    """Say whether something happens right behind a name: "tới xã Suối Cát thì gặp"."""
    return end < len(words) and words[end].plain in _MEETING and words[end].joint != "."


def is_numbered(words: Sequence[Word], first: int) -> bool:
    """Say whether a house number stands before a name: then it is a street's."""
    if first == 0 or words[first].joint in STOPS or not words[first - 1].plain.isdigit():
        return False
    return first == 1 or words[first - 2].plain not in _NUMBERED


def joins(words: Sequence[Word], end: int, first: int) -> bool:
    """Say whether nothing but "and" or "or" stands between two names."""
    between = words[end:first]
    if len(between) == 2 and between[1].plain == "la":  # noqa: PLR2004 - "hay là"
        between = between[:1]
    return len(between) == 1 and between[0].plain in _JOINERS and between[0].joint not in STOPS


def chooses(words: Sequence[Word], end: int, first: int) -> bool:
    """Say whether nothing but "or" stands between two names."""
    return end < len(words) and words[end].plain in _OR and joins(words, end, first)


def equates(words: Sequence[Word], end: int, first: int) -> bool:
    """Say whether two names are told to be one place: "xã Long Hòa nay là xã Rạch Kiến"."""
    between = [w.plain for w in words[end:first]]
    if not 0 < len(between) <= _LONGEST_EQUATION or any(w.joint == "." for w in words[end:first]):
        return False
    return set(between) <= _EQUATION and not _TIMES.isdisjoint(between)


def marks_border(words: Sequence[Word], first: int, *, accented: bool) -> bool:
    """Say whether a name stands behind "giáp ranh", "giữa"."""
    return _BORDER.ending_at(words, first, accented=accented) is not None


def era(words: Sequence[Word], end: int) -> bool | None:
    """Say whether "(mới)" stands behind a name, or "cũ"; None if neither does."""
    behind = words[end : end + 2]
    if not behind or behind[0].joint == ".":
        return None
    if behind[0].plain == "moi" and (len(behind) == 1 or behind[1].joint in STOPS):
        return True
    return False if behind[0].spelt in _FORMER else None


def opens(words: Sequence[Word], first: int) -> bool:
    """Say whether a name begins a message, or a sentence of it, or what follows a greeting."""
    if first == 0 or words[first].joint in STOPS:
        return True
    return first <= _GREETING and words[first - 1].plain in _GREETINGS


def names_a_region(words: Sequence[Word], *, accented: bool) -> bool:
    """Say whether a province is called as people call it among themselves: "xứ Nghệ"."""
    return _REGIONS.anywhere(words, accented=accented)


def speaks_of_here(words: Sequence[Word], *, accented: bool) -> bool:
    """Say whether the message is about the place its writer is in."""
    return _HERE.anywhere(words, accented=accented)
