"""Every page people see, in the order in which they come to it."""

from collections.abc import Callable
from dataclasses import dataclass

import pyotp
from playwright.sync_api import Page

from bot.demo import PASSWORD
from tests.journeys.people import Citizen, Officer
from tests.journeys.readers import Writer, new_title
from tests.program import Program

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
OLD_NAME = "xã Long Hòa, Cần Đước, Long An"  # since 1/7/2025 part of xã Rạch Kiến, Tây Ninh
QUESTION = "Xe máy màu gì, hướng chạy về đâu?"
ANSWER = "Xe màu xanh, chạy về hướng cầu Rạch Kiến."
UNOPENED = "04"  # Cao Bằng has no desk in the demo
DEEDS = {"ask": "tip", "transfer": "transfer", "close": "close", "note": "note"}

Seen = Callable[[str], None]  # told the name of each page while it is on screen


@dataclass(frozen=True)
class Guide:
    """A browser on the demo, and whom to tell of each page."""

    program: Program
    page: Page
    seen: Seen
    username: str = "hoa"
    place: str = OLD_NAME

    def all(self) -> None:
        """The citizen's pages, the officer's, and those of a province that opens."""
        receipt = self.chat()
        self.desk(receipt)
        self.notices()
        self.opening()

    def chat(self) -> str:
        """From the first page to the end of the conversation; the receipt."""
        lan = Citizen("Lan", self.page)
        lan.comes()
        self.seen("welcome")
        lan.writes(TIP)
        self.seen("offer")
        lan.presses("Gửi thành tin báo")
        self.seen("chat")
        lan.presses("Không")
        self.seen("place")
        lan.writes(self.place)
        self.seen("review")
        lan.presses("Gửi tin này")
        self.seen("receipt")
        receipt = self.page.locator("code").inner_text()
        lan.presses("Tôi đã lưu mã")
        self.seen("saved")
        return receipt

    def status(self, receipt: str) -> None:
        """What the citizen reads on coming back, and the answer."""
        lan = Citizen("Lan", self.page)
        lan.comes()
        lan.presses("Xem tin đã gửi")
        self.seen("lookup")
        lan.writes(receipt)
        self.seen("status")
        lan.presses("Trả lời / nói thêm")
        lan.writes(ANSWER)
        self.seen("answered")

    def desk(self, receipt: str) -> None:
        """The officers' desk, with one tip from its arrival to an unclear transfer."""
        officer = Officer("Hoa", self.username, self.page)
        self.page.goto("/desk/login")
        self.seen("login")
        officer.logs_in()
        officer.reads("Hàng đợi")
        self.seen("queue")
        path = officer.opens_tip(TIP)
        self.seen("tip-new")
        officer.claims()
        officer.asks(QUESTION)
        officer.reads("Đã gửi câu hỏi")
        self.seen("tip-asked")
        self.status(receipt)
        self.page.goto(path)
        for deed, name in DEEDS.items():
            officer.unfolds(deed)
            self.seen(name)
        officer.transfers("Long", "Nhà trọ bên đó.")
        officer.reads("Có nhiều đơn vị khớp")
        self.seen("unclear")
        self.page.goto("/desk/officers")
        self.seen("officers")
        officer.presses("Tạo liên kết mời")
        officer.reads("Liên kết mời vào")
        self.seen("invited")
        for name in ("search", "walk-in", "password", "audit"):
            self.page.goto(f"/desk/{name}")
            self.seen(name)
        self.page.goto("/desk/tips/unknown")
        self.seen("error")

    def notices(self) -> None:
        """A notice from its form to the approval it waits for, and who reads notices where."""
        writer = Writer("Hoa", self.username, self.page)
        self.page.goto("/desk/notices")
        self.seen("notices")
        writer.writes(new_title())
        self.seen("notice-form")
        writer.saves()
        for kind, name in (("Telegram", "notice-telegram"), ("Trò chuyện", "notice-chat")):
            self.page.locator(".shown label", has_text=kind).click()
            self.seen(name)
        writer.submits()
        self.seen("notice")
        self.page.goto("/desk/channels")
        self.seen("channels")
        self.follow()
        code = self.page.locator("a[href$='/in']").get_attribute("href")
        self.page.goto(str(code))
        self.seen("leaflet")

    def follow(self) -> None:
        """The way to a page of one's own, that page, and the commune's."""
        lan = Citizen("Lan", self.page)
        lan.comes()
        lan.presses("Nhận thông báo")
        self.seen("follow")
        lan.writes(OLD_NAME)
        self.seen("follow-about")
        lan.presses("Chỉ nhận vài loại")
        self.seen("follow-topics")
        lan.presses("Mua bán")
        lan.presses("Xong")
        self.seen("follow-kind")
        lan.presses("Hộ dân")
        self.seen("follow-review")
        lan.presses("Đồng ý nhận")
        self.seen("follow-done")
        link = self.page.get_by_role("link", name="Mở trang thông báo").get_attribute("href")
        self.page.goto(str(link))
        self.page.get_by_text("Sửa lựa chọn").click()
        self.seen("my-notices-change")
        self.page.get_by_text("Sửa lựa chọn").click()
        self.seen("my-notices")
        self.page.get_by_role("button", name="Ngừng nhận").click()
        self.page.get_by_text("Đã xóa đăng ký").wait_for()
        self.seen("my-notices-gone")
        self.page.goto("/xa/28114")
        self.seen("commune")

    def opening(self) -> None:
        """A province's first officer: the invitation, the recovery key, its confirmation."""
        made = self.program.bot("officers", "invite", "--station", UNOPENED)
        page, username = self.page, f"mai-{self.username}"
        page.context.clear_cookies()
        page.goto(made.stdout.split()[-1])
        self.seen("join")
        page.get_by_label("Họ và tên").fill("Nông Thị Mai")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
        page.get_by_label("Mã 6 số").fill(_code(page))
        page.get_by_role("button", name="Hoàn tất").click()
        page.get_by_text("Chép ra giấy").wait_for()
        self.seen("recovery")
        page.get_by_role("button", name="Tôi đã chép xong").click()
        page.get_by_text("Gõ lại hai nhóm").wait_for()
        self.seen("recovery-typed")


def _code(page: Page) -> str:
    """What the authenticator app shows after it was shown the page."""
    return pyotp.TOTP(page.locator("[name=secret]").input_value()).now()
