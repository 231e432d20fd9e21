"""Take docs/images/ from the running demo: every page people see first, wide and on a phone."""

import sys

from playwright.sync_api import Page

from bot.demo import PASSWORD
from tests.chromium import LAUNCH
from tests.journeys.drive import ANSWER, OLD_NAME, QUESTION, TIP, say
from tests.journeys.people import Citizen, Officer
from tests.journeys.stage import DESKTOP, PHONE, Stage, demo
from tests.program import ROOT

IMAGES = ROOT / "docs/images"
LARGEST = 300_000  # bytes; a reader on a slow line opens the README too
SIZES = {"": DESKTOP, "-phone": PHONE}
UNOPENED = "04"  # Cao Bằng: a province without a desk in the demo


class Album:
    """Pictures of one size, by name."""

    def __init__(self, page: Page, suffix: str) -> None:
        """Args: suffix: behind every name."""
        self.page = page
        self._suffix = suffix

    def take(self, name: str) -> None:
        """The whole page as it is now."""
        path = IMAGES / f"{name}{self._suffix}.png"
        self.page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
        self.page.screenshot(path=path, full_page=True, animations="disabled")
        size = path.stat().st_size
        assert size < LARGEST, f"{path.name} has {size} bytes"
        say(f"{path.relative_to(ROOT)}  {size // 1000} kB")


def chat(album: Album) -> str:
    """From the first page to the receipt, which is returned."""
    lan = Citizen("Lan", album.page)
    lan.comes()
    album.take("welcome")
    lan.presses("Báo tin")
    album.take("chat")
    lan.presses("Không")
    album.take("words")
    lan.writes(TIP)
    album.take("place")
    lan.writes(OLD_NAME)
    album.take("review")
    lan.presses("Gửi tin này")
    album.take("receipt")
    receipt = album.page.locator("code").inner_text()
    lan.presses("Tôi đã lưu mã")
    album.take("saved")
    return receipt


def more_chat(album: Album) -> None:
    """What else the chat may say."""
    lan = Citizen("Lan", album.page)
    for name, words in (
        ("offer", TIP),
        ("urgent", "Đang có hai nhóm cầm mã tấu rượt chém nhau trước chợ, có người bị thương"),
        ("check", "Tài khoản của bạn bị khoá, bấm http://vietcombamk.top để nhập mã OTP ngay"),
        ("question", "mất căn cước thì làm lại ở đâu?"),
        ("opinion", "Tôi thấy chính sách thuế này thật bất công"),
        ("unknown", "hihi"),
    ):
        lan.comes()
        lan.writes(words)
        album.take(name)
    lan.comes()
    lan.presses("Khẩn cấp")
    album.take("emergency")
    lan.comes()
    lan.presses("Báo tin")
    lan.presses("Có, đang nguy hiểm")
    album.take("danger")
    lan.comes()
    lan.presses("Báo tin")
    lan.presses("Không")
    lan.writes("có người mở sòng bạc")
    lan.writes("Long Hòa")
    album.take("which")
    lan.presses("Không biết ở đâu")
    album.take("province")


def desk(album: Album, receipt: str) -> None:
    """The officers' desk."""
    hoa = Officer("Hoa", "hoa", album.page)
    album.page.goto("/desk/login")
    album.take("login")
    hoa.logs_in()
    album.take("queue")
    hoa.opens_tip(TIP)
    album.take("tip-new")
    hoa.claims()
    hoa.asks(QUESTION)
    hoa.reads("Đã gửi câu hỏi")
    album.take("tip-asked")
    lan = Citizen("Lan", album.page)
    lan.comes()
    lan.presses("Tra mã tin")
    album.take("lookup")
    lan.writes(receipt)
    album.take("status")
    lan.presses("Trả lời / nói thêm")
    lan.writes(ANSWER)
    hoa.opens_tip(TIP, tab="taken")
    for deed in ("Hỏi người báo", "Chuyển", "Kết thúc", "Ghi chú"):
        album.page.locator("summary").filter(has_text=deed).first.click()
        album.take({"Hỏi người báo": "tip"}.get(deed, f"tip-{deed.split()[0].lower()}"))
    hoa.transfers("Long", "Nhà trọ bên đó.")
    album.take("tip-several")
    album.page.goto("/desk/officers")
    album.take("officers")
    album.page.goto("/desk/tips/1")
    album.take("error")


def province(album: Album, stage: Stage, username: str) -> None:
    """A province's first officer: the invitation, the recovery key, its confirmation."""
    made = stage.program.bot("officers", "invite", "--station", UNOPENED)
    page = album.page
    page.context.clear_cookies()
    page.goto(made.stdout.split()[-1])
    album.take("join")
    page.get_by_label("Họ và tên").fill("Nông Thị Mai")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    page.get_by_label("Mã 6 số").fill("000000")
    page.get_by_role("button", name="Hoàn tất").click()
    album.take("join-wrong")


def main() -> int:
    """Take them all."""
    if LAUNCH["executable_path"] is None:
        say("FAILED: there is no Chromium on the PATH (apt install chromium)")
        return 1
    IMAGES.mkdir(exist_ok=True)
    with demo() as stage:
        for suffix, size in SIZES.items():
            album = Album(stage.window(size), suffix)
            receipt = chat(album)
            more_chat(album)
            desk(album, receipt)
            province(album, stage, "mai")
            stage.watches.clear()
    return 0


if __name__ == "__main__":
    sys.exit(main())
