"""Every page as it looks: on a small phone, in the dark, by its weight, and whom it asks."""

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.journeys.axe import Axe
from tests.journeys.looks import Findings
from tests.journeys.people import Officer
from tests.journeys.stage import DESKTOP, PHONE, Stage, Watch
from tests.journeys.tour import Guide
from tests.program import Program

pytestmark = pytest.mark.browser

CHAT, DESK = 60_000, 150_000  # bytes of a first visit: a village's network, an office's
HOANGTIEN = "xã Hoàng Tiến, Chí Linh, Hải Dương"  # where Nhung works


@pytest.fixture(scope="module")
def toured(program: Program, browser: Browser) -> tuple[Findings, Axe]:
    """What is wrong with any page, found on one tour through all of them."""
    found, axe, stage = Findings(), Axe(), Stage(program, browser)
    page = stage.window(PHONE)
    page.on("dialog", lambda dialog: dialog.accept())

    def look(name: str) -> None:
        found.look(page, name)
        axe.look(page, name)

    Guide(program, page, look, "nhung", HOANGTIEN).all()
    stage.close()
    return found, axe


@pytest.fixture(scope="module")
def findings(toured: tuple[Findings, Axe]) -> Findings:
    return toured[0]


def test_axe_finds_nothing_on_the_tour_through_every_page(toured: tuple[Findings, Axe]) -> None:
    assert len(toured[1].pages) >= 39
    assert toured[1].violations == []


def test_the_tour_saw_every_page(findings: Findings) -> None:
    assert len(findings.pages) == len(set(findings.pages)) >= 39


def test_no_page_can_be_pushed_sideways(findings: Findings) -> None:
    assert findings.wide == []


def test_every_word_stands_out_in_light_and_dark(findings: Findings) -> None:
    assert findings.pale == []


def test_whatever_can_be_used_has_a_name(findings: Findings) -> None:
    assert findings.nameless == []


def test_whatever_can_be_touched_is_large_enough(findings: Findings) -> None:
    assert findings.small == []


def test_every_page_has_a_title_one_heading_and_its_language(findings: Findings) -> None:
    assert findings.untitled == []


def test_the_look_at_every_page_is_not_blind(stage: Stage) -> None:
    page = stage.window(PHONE)
    page.set_content(
        "<p style='color: #999; background: #fff'>pale</p><input><button>x</button>"
        "<p style='width: 400px'>wide</p>"
    )
    found = Findings()
    found.look(page, "bad")

    assert found.pale == ["bad, light: pale: 2.85 to 1", "bad, dark: pale: 2.85 to 1"]
    assert found.wide == ["bad: 408 of 360", "bad: 408 of 390"]
    assert [len(found.nameless), len(found.small), len(found.untitled)] == [1, 2, 1]


def weight(page: Page, path: str) -> int:
    """Bytes of a page and everything it loads."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 # Playwright marks it
    page.goto(path, wait_until="load")
    return sum(len(answer.body()) for answer in answers)


@pytest.mark.smoke
def test_the_chat_is_light(stage: Stage) -> None:
    assert 2_000 < weight(stage.window(PHONE), "/") <= CHAT


@pytest.mark.smoke
def test_the_desk_is_light(stage: Stage, son: Officer) -> None:
    fresh = stage.window(DESKTOP, storage_state=son.page.context.storage_state())

    assert 20_000 < weight(fresh, "/desk/officers") <= DESK


def test_the_watch_over_every_page_is_not_deaf(program: Program, browser: Browser) -> None:
    stage = Stage(program, browser)
    page = stage.window(PHONE)
    page.goto("/")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          const picture = new Image();
          picture.src = "https://example.org/tracker.gif";
          document.body.append(picture);
        }"""
    )
    assert not page.evaluate("window.ran")
    [watch] = stage.watches

    with pytest.raises(AssertionError):
        stage.close()
    assert any("script-src" in complaint for complaint in watch.complaints)
    assert any("img-src" in complaint for complaint in watch.complaints)
    assert Watch("x", asked=["https://example.org/"]).elsewhere
