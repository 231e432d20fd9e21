"""A tip on paper. What the sheets say is here; how they are set in type is the program's affair."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from console import acting, words
from console.facts import Part, Sheet
from console.refusals import NoPrinterError
from console.visit import Answer, Drawing, Visit
from desk import facts, papers, photos
from desk import stations as offices
from desk.facts import Known
from desk.queue import Line, Opened

_FIRST = "PHIẾU TIẾP NHẬN THÔNG TIN BAN ĐẦU"
_FORMAL = "BIÊN BẢN TIẾP NHẬN NGUỒN TIN VỀ TỘI PHẠM"
_UNVERIFIED = "CHƯA KIỂM CHỨNG. Thông tin ban đầu do người dân cung cấp, không phải kết luận."
_NOBODY = (
    "Phiếu này không có mục về người cung cấp tin: kênh không lưu tên, số điện thoại, tài khoản "
    "hay địa chỉ của họ."
)
_LAW = (
    "Tiếp nhận theo Điều 144, 145, 146 Bộ luật Tố tụng hình sự năm 2015. Trước khi đưa vào hồ sơ, "
    "đối chiếu với biểu mẫu hiện hành."
)
_NONE = "Chưa rõ"


def slip(visit: Visit) -> Answer:
    """The default: first information."""
    opened = papers.slip(visit.desk, visit.who, acting.tip_id(visit))
    parts = (*_about(visit, opened), *_told(opened))
    foot = (_UNVERIFIED, _NOBODY)
    return _printed(visit, _FIRST, "Chưa kiểm chứng", parts, foot)


def record(visit: Visit) -> Answer:
    """After an officer recorded that it is a source of information about a crime."""
    opened, act = papers.record(visit.desk, visit.who, acting.tip_id(visit))
    received = _day_and_hour(act.at_hour)
    known = (
        Part("Tiếp nhận lúc", received),
        Part("Cán bộ tiếp nhận", act.author or _NONE),
        Part(words.CLOCK_NAMES[opened.tip.clock], _day_and_hour(opened.tip.due_at)),
    )
    parts = (*known, *_about(visit, opened), *_told(opened))
    return _printed(visit, _FORMAL, f"Hồi {received}", parts, (_NOBODY, _LAW))


def _printed(
    visit: Visit, title: str, under: str, parts: tuple[Part, ...], foot: tuple[str, ...]
) -> Drawing:
    if visit.facts.paper is None:
        raise NoPrinterError
    province = offices.find(visit.desk, visit.where.province_code)
    above = province.name if province and province.code != visit.where.code else "Bộ Công an"
    sheet = Sheet(
        operator=visit.facts.operator,
        above=above,
        station=visit.where.name,
        title=title,
        under=under,
        parts=parts,
        foot=foot,
        signs=(("Cán bộ tiếp nhận", visit.who.officer.name), ("Chỉ huy đơn vị", "")),
        printed=f"{visit.who.officer.name} in lúc {words.moment(visit.desk.at)}",
    )
    return Drawing(partial(visit.facts.paper, sheet), "application/pdf", "phieu.pdf")


def _about(visit: Visit, opened: Opened) -> Iterator[Part]:
    """What the queue knows of it, and the facts as they stand."""
    tip, report = opened.tip, {"told": ""} | opened.report
    holder = offices.find(visit.desk, tip.station_code)
    told = "Qua kênh nhắn tin, người báo không cần xưng tên"
    if report["told"]:
        told = f"{words.TOLD_NAMES[report['told']]}, {opened.lines[0].author or 'cán bộ'} ghi lại"
    yield Part("Đơn vị giữ tin", holder.name if holder else tip.station_code)
    yield Part("Nhận lúc", f"{_day_and_hour(tip.received_hour)} (chỉ ghi đến giờ)")
    yield Part("Cách nhận", told)
    urgent = ", KHẨN" if tip.urgent else ""
    yield Part("Loại việc", f"{words.category(tip.category)}{urgent}")
    yield from _facts(visit, facts.of(visit.desk, opened))


def _facts(visit: Visit, known: Known) -> Iterator[Part]:
    said = known.facts
    place = offices.find(visit.desk, said.place) if said.place else None
    named = place.name.removeprefix("Công an ") if place else ""
    where = f"{named} (ghi là “{said.place_words}”)" if named and said.place_words else ""
    yield Part("Ở đâu", where or named or said.place_words or _NONE)
    yield Part("Khi nào", said.when or _NONE)
    yield Part("Ai, xe, biển số", said.who or _NONE)
    yield Part("Đang diễn ra?", words.ONGOING_NAMES[said.ongoing])
    by = f"{known.by} đã ghi" if known.by else "Máy gợi ý từ nội dung, chưa ai kiểm tra"
    yield Part("Bốn mục trên", by)


def _told(opened: Opened) -> Iterator[Part]:
    """In the words of whoever told it, and what they added."""
    yield Part("Nội dung (nguyên văn)", str(opened.report["text"]), wide=True)
    for line in opened.lines[1:]:
        if line.kind in ("answer", "addition", "question") and line.content["text"]:
            title = words.LINE_NAMES[line.kind]
            yield Part(f"{title}, {words.hour(line.at_hour)}", str(line.content["text"]), wide=True)
    taken = photos.count(line.content for line in opened.lines)
    if taken:
        yield Part("Ảnh kèm theo", f"{taken} ảnh, xem trong hệ thống; không in ra")
    yield Part("Tình trạng", _state(opened))


def _state(opened: Opened) -> str:
    closed = [line for line in opened.lines if line.kind == "close"]
    state = words.STATE_NAMES[opened.tip.state]
    if closed:
        state = f"{state}: {_disposition(closed[-1])}"
    return f"{state}. Cán bộ nhận: {opened.claimed_by or 'chưa có'}"


def _disposition(line: Line) -> str:
    return words.DISPOSITION_NAMES.get(line.content["disposition"], "")


def _day_and_hour(at: datetime) -> str:
    """As "15 giờ, ngày 2/3/2026"."""
    local = at.astimezone(words.VIETNAM)
    return f"{local.hour} giờ, ngày {local.day}/{local.month}/{local.year}"
