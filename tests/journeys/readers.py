"""Who writes a notice and who reads it, in front of a real browser."""

from itertools import count
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.journeys.people import Citizen, Officer, Person

_NUMBERS = count(1)
PARTS = {
    "Thủ đoạn": (
        "1. Kẻ gian dán giấy có mã QR trước cửa nhà, ghi là tiền rác tháng này.\n"
        "2. Giấy ghi: “Quét mã trả hôm nay được giảm một nửa.”\n"
        "3. Quét xong hiện trang như thutienrac[.]top, nhập số thẻ là mất tiền."
    ),
    "Dấu hiệu": "• Giấy không có tên người thu.\n• Giục trả trong ngày.\n• Đòi số thẻ, mã OTP.",
    "Cần làm gì": "Không quét. Hỏi tổ trưởng. Lỡ nhập số thẻ: gọi ngân hàng khóa thẻ, báo công an.",
}
SIGN = "Giấy không có tên người thu."


def new_title() -> str:
    """A title no notice has yet: journeys may share one program."""
    return f"Giả thu tiền rác bằng mã QR, tổ {next(_NUMBERS)}"


class Reader(Person):
    """A citizen with a page of notices of their own, or at a commune's page."""

    def presses(self, label: str) -> None:
        """Press a button of the page."""
        self.button(label).click()
        self.says(f"presses “{label}”")

    def looks_again_until(self, words: str) -> None:
        """Load the page again and again: notices are published every two seconds."""
        found = self.page.get_by_text(words).first
        for _ in range(60):
            self.page.reload()
            if found.is_visible():
                self.says(f"looks again and reads “{words}”")
                return
            self.page.wait_for_timeout(250)
        raise self.deviation(f"should at last read “{words}”")

    def misses(self, words: str) -> None:
        """These words are not on the page."""
        expect(self.page.get_by_text(words)).to_have_count(0)
        self.says(f"does not read “{words}”")


class Writer(Officer):
    """An officer who writes, approves or recalls a notice."""

    def writes(self, title: str) -> None:
        """Fill in the form; the last part is filled in already."""
        self.page.goto("/desk/notices/new")
        for label, text in {"Tiêu đề": title, **PARTS}.items():
            self.page.get_by_label(label, exact=True).fill(text)
        self.page.get_by_label("Chủ đề", exact=True).select_option("shopping")
        self.says(f"writes the notice “{title}”")

    def saves(self) -> str:
        """Keep it as a draft; the path of its page."""
        self.presses("Lưu nháp để xem trước")
        self.reads("Đã lưu nháp")
        return urlsplit(self.page.url).path

    def submits(self) -> None:
        """Ask a colleague to approve."""
        self.presses("Gửi duyệt")
        self.reads("Đã gửi duyệt")

    def approves(self, path: str) -> None:
        """Read another officer's notice and approve it."""
        self.page.goto(path)
        self.reads("Đọc kỹ từng phần")
        self.page.get_by_role("button", name="Duyệt", exact=True).click()
        self.reads("Đã duyệt. Thông báo được gửi đúng giờ")

    def recalls(self, path: str, reason: str) -> None:
        """Take it back, with a reason that citizens read."""
        self.page.goto(path)
        self.page.get_by_label("Lý do thu hồi").fill(reason)
        self.page.once("dialog", lambda dialog: dialog.accept())
        self.presses("Thu hồi")
        self.reads("Đã thu hồi. Người đã nhận sẽ được báo")


def subscribes(lan: Citizen, place: str) -> Page:
    """Everything about one commune, for a household; the page of notices, in its own window."""
    lan.comes()
    lan.presses("Nhận thông báo")
    lan.reads("Bà con muốn nhận thông báo của xã, phường nào?")
    lan.writes(place)
    lan.presses("Nhận tất cả")
    lan.presses("Hộ dân")
    lan.reads("Máy không giữ tên, số điện thoại của bà con")
    lan.presses("Đồng ý nhận")
    lan.reads("Hãy lưu trang đó lại")
    with lan.page.context.expect_page() as opened:
        lan.page.get_by_role("link", name="Mở trang thông báo của tôi").click()
    lan.says("opens the page of their own")
    return opened.value
