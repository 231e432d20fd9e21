"""axe-core finds nothing wherever a role may go: light and dark, desk and phone.

The pages of the tour are looked at in `test_browser_pages.py`.
"""

import pytest
from playwright.sync_api import Page, expect

from console import app
from desk import roles
from tests.journeys.axe import LOOKS, Axe
from tests.journeys.people import Officer
from tests.journeys.readers import Writer, new_title
from tests.journeys.stage import DESKTOP, PHONE, Stage

pytestmark = pytest.mark.browser

PEOPLE = {
    "officer": "minh",
    "chief": "hoa",
    "province": "ngan",
    "editor": "yen",
    "admin": "khoi",
}
PUBLIC = (
    "/xa",
    "/xa?ten=long+hoa",
    "/xa/28114",
    "/xa/28114/in",
    "/xa/99999",
    "/nhan/no-such-key",
    "/no-such-page",
    "/desk/join/no-such-token",
)


def test_axe_finds_nothing_on_public_pages(stage: Stage) -> None:
    found, page = Axe(), stage.window(PHONE)
    for path in PUBLIC:
        page.goto(path)
        found.look(page, path)
    page.goto(some(page, "/xa/28114", "main a:text('Đường liên kết để chia sẻ')"))
    found.look(page, "one notice")

    assert found.violations == []


def some(page: Page, listed: str, selector: str) -> str:
    """The address of something in a list."""
    page.goto(listed)
    return str(page.locator(selector).first.get_attribute("href"))


def written(officer: Officer) -> str:
    """A notice of the officer's own, as a draft: it can be shown and edited."""
    writer = Writer(officer.name, officer.username, officer.page)
    writer.writes(new_title())
    return writer.saves()


NO_PAGES = ("/photos/{photo}", "/slip", "/record")  # a picture, two PDFs


@pytest.mark.parametrize("role", PEOPLE)
def test_axe_finds_nothing_wherever_a_role_may_go(stage: Stage, role: str) -> None:
    # The tour looks at these pages on a phone in the dark too; what a role sees more is words.
    found, page = Axe(looks=LOOKS[:1]), stage.window(DESKTOP)
    officer = Officer(role, PEOPLE[role], page)
    officer.logs_in()
    notice = written(officer) if role in roles.WRITERS else ""
    tip = some(page, "/desk/queue", "a.row") if role in roles.READERS else ""
    for route in app.ROUTES:
        if route.method != "GET" or role not in route.roles or route.path.endswith(NO_PAGES):
            continue
        if route.path in ("", "/recovery"):
            continue
        path = f"/desk{route.path}"
        path = path.replace("/desk/tips/{tip}", tip).replace("/desk/notices/{notice}", notice)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        found.look(page, f"{role} {path}")

    assert len(found.pages) >= 4
    assert found.violations == []


def test_axe_finds_nothing_while_a_local_word_is_taught(stage: Stage) -> None:
    found, page = Axe(), stage.window(PHONE)
    admin = Officer("Khôi", "khoi", page)
    admin.logs_in()
    page.goto("/desk/words")
    page.get_by_label("Từ địa phương").fill("dộng")
    page.get_by_label("Nghĩa là").fill("đánh")
    page.get_by_label("Một câu để thử").fill("Chiều nay nó dộng chú Năm ngoài chợ")
    admin.presses("Xem ảnh hưởng")
    expect(page.get_by_role("button", name="Lưu")).to_be_visible()
    found.look(page, "effect of a word")
    admin.presses("Lưu")
    expect(page.get_by_role("heading", name="Từ đã dạy (1)")).to_be_visible()
    found.look(page, "one word")
    page.get_by_label("Từ địa phương").fill("trộm")
    page.get_by_label("Nghĩa là").fill("cảm ơn")
    admin.presses("Xem ảnh hưởng")
    expect(page.get_by_role("alert")).to_be_visible()
    found.look(page, "a word that does harm")

    assert found.violations == []


def test_every_role_is_looked_at() -> None:
    assert set(PEOPLE) == set(roles.ROLES)


def test_axe_is_not_blind(stage: Stage) -> None:
    page = stage.window(PHONE)
    page.set_content("<p style='color: #999; background: #fff'>pale</p><input><img src='data:,'>")
    found = Axe()
    found.look(page, "bad")

    rules = {line.split(": ")[1] for line in found.violations}
    assert rules >= {"color-contrast", "label", "image-alt", "document-title", "html-has-lang"}
    assert {line.split(", ")[2].split(":")[0] for line in found.violations} == {"light", "dark"}
