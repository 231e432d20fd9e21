"""Drive the journeys through the running demo in Chromium, and tell what happened step by step."""

import sys
from collections.abc import Callable
from functools import partial

from playwright.sync_api import Error, Page

from tests.chromium import LAUNCH
from tests.journeys.people import Citizen, Officer
from tests.journeys.readers import SIGN, Reader, Writer, new_title, subscribes
from tests.journeys.stage import DESKTOP, PHONE, Stage, demo
from tests.journeys.story import Story, say
from tests.journeys.tour import ANSWER, OLD_NAME, QUESTION, TIP

COMMUNE = "28114"  # Rạch Kiến
REASON = "Ghi nhầm giờ thu tiền. Đơn vị sẽ gửi bản đúng sau."
FAREWELL = "Cảm ơn bà con, đơn vị đã tìm được xe."


def tip(stage: Stage, story: Story, *, script: bool) -> None:
    """A tip reaches an officer, is answered, moves on, and its sender reads how it ended."""
    hoa, minh, tam = (
        Officer(name, username, stage.window(DESKTOP, script=script), story.tell)
        for name, username in (("Hoa", "hoa"), ("Minh", "minh"), ("Tâm", "tam"))
    )
    receipt = lan_tells(Citizen("Lan", _phone(stage, script=script), story.tell))
    hoa_asks(hoa, minh)
    lan = Citizen("Lan", _phone(stage, script=script), story.tell)
    lan_answers(lan, receipt)
    story.tell("so far", "from the start of the program to a tip answered by its receipt")
    hoa_reads_and_transfers(hoa)
    tam_closes(tam)
    lan.presses("Xem lại tình trạng")
    lan.reads("Tình trạng: đã xử lý")
    lan.reads(FAREWELL)


def lan_tells(lan: Citizen) -> str:
    """From the first page to the receipt."""
    lan.comes()
    lan.reads("BẢN THỬ, không phải kênh của công an")
    lan.writes(TIP)
    lan.reads("Chưa có gì được gửi đi")
    lan.presses("Gửi thành tin báo")
    lan.reads("Có ai đang gặp nguy hiểm ngay lúc này không?")
    lan.presses("Không")
    lan.reads("Việc xảy ra ở xã, phường nào?")
    lan.writes(OLD_NAME)
    lan.reads("Gửi đến: Công an xã Rạch Kiến")
    lan.presses("Gửi tin này")
    lan.reads("Đã chuyển đến trực ban Công an xã Rạch Kiến")
    receipt = lan.copies_receipt()
    lan.presses("Tôi đã lưu mã")
    lan.reads("chỉ cuộc trò chuyện này được xóa khỏi máy chủ")
    return receipt


def hoa_asks(hoa: Officer, minh: Officer) -> None:
    """Two officers have the tip open; the slower one is told so."""
    hoa.logs_in()
    hoa.opens_tip(TIP)
    minh.logs_in()
    minh.opens_tip(TIP)
    hoa.claims()
    hoa.reads("Bạn đã nhận tin này")
    minh.claims()
    minh.reads("Võ Thị Hoa đã nhận tin này trước bạn")
    hoa.asks(QUESTION)
    hoa.reads("Đã gửi câu hỏi")


def lan_answers(lan: Citizen, receipt: str) -> None:
    """In a browser that knows nothing, with the receipt alone."""
    lan.comes()
    lan.presses("Xem tin đã gửi")
    lan.writes(receipt, unseen=True)
    lan.reads("công an cần bà con cho biết thêm")
    lan.reads(QUESTION)
    lan.presses("Trả lời / nói thêm")
    lan.writes(ANSWER)
    lan.reads("Đã gửi thêm vào tin")


def hoa_reads_and_transfers(hoa: Officer) -> None:
    """The answer is there; the case is the neighbours'."""
    hoa.opens_tip(TIP, tab="taken")
    hoa.reads(ANSWER)
    hoa.transfers("Long Cang", "Nhà trọ nằm bên địa bàn Long Cang.")
    hoa.reads("Đã chuyển tin cho Công an xã Long Cang")


def tam_closes(tam: Officer) -> None:
    """At the neighbours', with everything that was said so far."""
    tam.logs_in()
    tam.opens_tip(TIP)
    tam.reads(ANSWER)
    tam.claims()
    tam.reads("Bạn đã nhận tin này")
    tam.closes("Đã xử lý", FAREWELL)
    tam.reads("Đã kết thúc tin")


def notice(stage: Stage, story: Story, *, script: bool) -> None:
    """A notice reaches citizens: written, approved by another, read, recalled; then no more."""
    title = new_title()
    minh, hoa = (
        Writer(name, username, stage.window(DESKTOP, script=script), story.tell)
        for name, username in (("Minh", "minh"), ("Hoa", "hoa"))
    )
    page = subscribes(Citizen("Lan", _phone(stage, script=script), story.tell), OLD_NAME)
    lan = Reader("Lan", page, story.tell)
    lan.reads("Thông báo của tôi")
    lan.misses(title)

    minh.logs_in()
    minh.writes(title)
    path = minh.saves()
    minh.reads("Đọc lại bản xem trước")
    minh.submits()
    minh.reads("Đang chờ một cán bộ khác")
    lan.page.reload()
    lan.misses(title)
    hoa.logs_in()
    hoa.approves(path)

    lan.looks_again_until(title)
    lan.reads(SIGN)
    passer_by = Reader("Tư", stage.window(PHONE, script=script), story.tell)
    passer_by.opens(f"/xa/{COMMUNE}")
    passer_by.reads(title)
    passer_by.opens(f"/xa/{COMMUNE}/in")
    passer_by.reads(SIGN)

    hoa.recalls(path, REASON)
    lan.looks_again_until(f"Đã thu hồi: {title}")
    lan.reads(REASON)
    lan.presses("Ngừng nhận, xóa trang này")
    lan.reads("Đã xóa đăng ký của bà con")
    lan.page.goto(lan.page.url)
    lan.says("opens the page once more")
    lan.reads("Không có trang này")


def question(stage: Stage, story: Story, *, script: bool) -> None:
    """A question gets its answer: for sure, out of three, or the honest word that there is none."""
    lan = Citizen("Lan", _phone(stage, script=script), story.tell)
    lan.comes()
    lan.writes("Khi nào gọi 113, khi nào gọi 114?")
    lan.reads("114: cháy, kẹt người, cứu nạn")
    lan.presses("Hỏi đáp")
    lan.writes("Muốn hỏi chuyện biển số xe")
    lan.reads("Bà con muốn hỏi điều nào dưới đây?")
    lan.presses("Đăng ký xe, sang tên xe ở đâu?")
    lan.reads("Phòng Cảnh sát giao thông tỉnh")
    lan.presses("Hỏi đáp")
    lan.writes("Mấy giờ xã phát gạo?")
    lan.reads("Máy chưa có câu trả lời đã kiểm tra cho câu này")


# Each journey by what it is called.
JOURNEYS: dict[str, Callable[[Stage, Story], None]] = {
    "A tip reaches an officer, all browsers without JavaScript": partial(tip, script=False),
    "A tip reaches an officer, with JavaScript": partial(tip, script=True),
    "A notice reaches citizens, without JavaScript": partial(notice, script=False),
    "A notice reaches citizens, with JavaScript": partial(notice, script=True),
    "A question gets its answer, without JavaScript": partial(question, script=False),
}


def main() -> int:
    """Drive them all; 1 at the first deviation."""
    if LAUNCH["executable_path"] is None:
        say("FAILED: there is no Chromium on the PATH (apt install chromium)")
        return 1
    story = Story()
    try:
        with demo() as stage:
            story.tell("demo", f"answers at {stage.origin}")
            for name, journey in JOURNEYS.items():
                say(f"\n{name}")
                began = story.seconds
                journey(stage, story)
                stage.close()
                took = story.seconds - began
                story.tell("done", f"in {took:.1f} s; no page asked anybody else for anything")
    except (AssertionError, Error) as error:
        say(f"\nFAILED: {error}")
        return 1
    return 0


def _phone(stage: Stage, *, script: bool) -> Page:
    allowed = ["clipboard-read"] if script else []
    return stage.window(PHONE, script=script, permissions=allowed)


if __name__ == "__main__":
    sys.exit(main())
