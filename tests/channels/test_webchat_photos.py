"""Photographs through the page at `/`: over real HTTP, with everything behind it."""

from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from uuid import UUID

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels import webchat_upload
from bot.channels.webchat import WebChat
from bot.darkroom import Darkroom
from bot.inbox import Intake
from desk import photos
from handlers.texts import say
from tests import pictures
from tests.channels.page import Page
from tests.channels.test_webchat_at_the_office import PLACE, TIP, Lan
from tests.scanner import Scanner
from tests.storage.rows import Owner
from tests.world import World

FILE = pictures.jpeg(pictures.picture(), "all")
NAME = "IMG_20260302_nguyen-thi-lan.jpg"


class Pictured(Lan):
    """Lan, who chooses files."""

    status = 0
    retry_after = ""

    async def adds(
        self, files: Iterable[bytes], choice: str = "", text: str = "", kind: str = "image/jpeg"
    ) -> None:
        """Send the form of the page with these files in it."""
        form = FormData()
        fields = self.page.press(choice, text)
        for name, value in fields.items():
            form.add_field(name, value)
        for file in files:
            form.add_field("photo", BytesIO(file), filename=NAME, content_type=kind)
        if not files:  # as browsers do when nothing was chosen
            form.add_field("photo", b"", filename="", content_type="application/octet-stream")
        async with self.client.post("/", data=form) as response:
            self.status = response.status
            self.retry_after = response.headers.get("Retry-After", "")
            self.page = Page(await response.text())


@pytest.fixture
async def lan(world: World) -> AsyncIterator[Pictured]:
    with ThreadPoolExecutor(4) as workers, ThreadPoolExecutor(1) as dark:
        intake = Intake(world.office, workers, pull=frozenset({WebChat.name}))
        app = web.Application()
        app.add_routes(WebChat(intake, "Công an tỉnh Tây Ninh", Darkroom(dark)).routes())
        client: TestClient[web.Request, web.Application]
        async with TestClient(TestServer(app)) as client:
            citizen = Pictured(client)
            await citizen.comes()
            yield citizen
        await intake.close()


async def to_what(lan: Pictured) -> None:
    await lan.presses("tip")
    await lan.presses("danger_no")


async def to_review(lan: Pictured) -> None:
    await to_what(lan)
    await lan.adds([], text=TIP)
    if "go_on" in lan.page.buttons:
        await lan.presses("go_on")
    await lan.says(PLACE)


def received(world: World) -> list[bytes]:
    tip = world.newest(world.hoa)
    found = []
    for id_ in world.opened(world.hoa, tip).photos:
        with world.office.begin("desk", world.hoa.id) as desk:
            found.append(photos.whole(desk, world.hoa, tip, UUID(id_)))
    return found


async def test_the_page_asks_for_photographs_only_where_they_are_used(lan: Pictured) -> None:
    asks = []
    for step in (None, "tip", "danger_no"):
        if step:
            await lan.presses(step)
        asks.append(any(attrs.get("type") == "file" for _, attrs in lan.page.tags))

    assert asks == [False, False, True]
    assert [a["enctype"] for t, a in lan.page.tags if t == "form"] == ["multipart/form-data"]


async def test_words_and_photographs_go_together(world: World, lan: Pictured) -> None:
    await to_what(lan)
    await lan.adds([FILE, FILE], text=TIP)
    assert say("photo.line", count="2") in lan.page.html
    if "go_on" in lan.page.buttons:
        await lan.presses("go_on")
    await lan.says(PLACE)
    assert say("photo.review", count="2") in lan.page.html
    await lan.adds([FILE], choice="send")

    assert lan.page.code
    assert len(received(world)) == 3


async def test_of_what_was_sent_nothing_but_pixels_is_anywhere(
    world: World, lan: Pictured, owner_url: str
) -> None:
    await to_what(lan)
    await lan.adds([FILE])
    scanner = Scanner({"name": NAME, "stem": NAME[:-4], "canary": pictures.WORD})
    with Owner(owner_url) as owner:
        tables = [name for (name,) in owner.all(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )]  # fmt: skip
        dump = "\n".join(repr(owner.all(f"TABLE {table}")) for table in tables)  # our own
        assert owner.one("SELECT count(*) FROM draft_photo") > 1
    await lan.says(TIP)
    if "go_on" in lan.page.buttons:
        await lan.presses("go_on")
    await lan.says(PLACE)
    await lan.presses("send")
    (jpeg,) = received(world)

    assert list(scanner.look(dump.encode(), "the database")) == []
    assert [marker for marker in pictures.MARKERS if marker in jpeg] == []


async def test_too_many_photographs_at_once_may_come_again_and_the_words_stay(
    lan: Pictured, monkeypatch: pytest.MonkeyPatch
) -> None:
    await to_what(lan)
    with monkeypatch.context() as crowd:
        crowd.setattr("bot.darkroom.AT_ONCE", 0)
        await lan.adds([FILE], text=TIP)
    refused = lan.status, lan.retry_after, TIP in lan.page.html
    await lan.adds([FILE], text=TIP)

    assert refused == (503, "5", True)
    assert lan.status == 200
    assert say("photo.line", count="1") in lan.page.html


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\0\0\0\x18ftypmp42" + bytes(999), "video/mp4"),
        (b"MZ" + bytes(999), "image/jpeg"),
        (b"<svg/>", "image/svg+xml"),
    ],
)
async def test_another_file_is_refused_kindly_and_the_words_stay(
    world: World, lan: Pictured, file: bytes, kind: str
) -> None:
    await to_what(lan)
    await lan.adds([FILE, file], text=TIP, kind=kind)

    assert lan.status == 415
    assert "Máy chưa đọc được ảnh này nên chưa gửi gì" in lan.page.notices[0]
    assert lan.page.typed == TIP
    assert lan.page.hidden["known"] == "1"
    with world.office.begin("intake") as desk:
        assert photos.loaded(desk, []) == {}
    await lan.adds([FILE], text=TIP)
    assert lan.status == 200


async def test_more_than_a_page_of_ours_sends_is_refused(lan: Pictured) -> None:
    await to_what(lan)
    many = bytes(webchat_upload.UPLOAD_BYTES // 4)
    await lan.adds([many] * 5)

    assert lan.status == 413
    assert "Ảnh nặng quá" in lan.page.notices[0]


FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"


async def to_receipt(lan: Pictured) -> str:
    """Where an urgent tip has been sent, and more may be added: nobody shows its receipt again."""
    await to_what(lan)
    await lan.adds([], text=FIRE)
    if "go_on" in lan.page.buttons:
        await lan.presses("go_on")
    await lan.presses("send")
    return lan.page.code


async def test_a_receipt_stays_on_the_page_when_photographs_are_too_heavy(lan: Pictured) -> None:
    receipt = await to_receipt(lan)
    await lan.adds([bytes(webchat_upload.UPLOAD_BYTES // 4)] * 5, text="gần cầu")

    assert lan.status == 413
    assert "Ảnh nặng quá" in lan.page.notices[0]
    assert lan.page.code == receipt
    assert lan.page.typed == "gần cầu"
    await lan.adds([FILE], text="gần cầu")
    assert say("photo.added", count="1") in lan.page.html


async def test_a_photograph_chosen_before_the_receipt_is_saved_goes_into_the_tip(
    lan: Pictured,
) -> None:
    receipt = await to_receipt(lan)
    await lan.adds([FILE], choice="saved")

    assert say("photo.added", count="1") in lan.page.html
    assert lan.page.code == receipt
    await lan.presses("saved")
    assert "Xong rồi" in lan.page.lines[-1]
    await lan.presses("receipt")
    await lan.says(receipt)
    assert say("photo.line", count="1") in lan.page.html


async def test_a_receipt_stays_on_the_page_when_too_much_is_being_read(
    lan: Pictured, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = await to_receipt(lan)
    with monkeypatch.context() as crowd:
        crowd.setattr(webchat_upload, "HELD_BYTES", 1000)
        await lan.adds([FILE], text="gần cầu")

    assert (lan.status, lan.retry_after) == (503, "5")
    assert lan.page.code == receipt
    assert lan.page.typed == "gần cầu"


async def test_a_text_field_takes_no_more_in_this_form_than_in_the_other(lan: Pictured) -> None:
    await to_what(lan)
    await lan.adds([], text="ă" * 40_000)

    assert lan.status == 413


async def test_while_too_much_is_being_read_it_says_so(
    lan: Pictured, monkeypatch: pytest.MonkeyPatch
) -> None:
    await to_what(lan)
    monkeypatch.setattr(webchat_upload, "HELD_BYTES", 1000)
    await lan.adds([FILE])

    assert lan.status == 503
    assert "cùng lúc" in lan.page.notices[0]


async def test_pressing_twice_sends_a_photograph_once(world: World, lan: Pictured) -> None:
    await to_review(lan)
    page = lan.page
    await lan.adds([FILE])
    lan.page = page
    await lan.adds([FILE])
    await lan.presses("send")

    assert len(received(world)) == 1


async def test_nothing_chosen_is_no_photograph(world: World, lan: Pictured) -> None:
    await to_review(lan)
    await lan.presses("send")

    assert received(world) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x\r\n",
        b"--x\r\nContent-Disposition: form-data; name=key\r\n\r\n\xff\xfe\r\n--x--\r\n",
        b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n--y--\r\n--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" * 40 + b"--x--\r\n",
    ],
)
async def test_a_broken_form_is_answered_and_breaks_nothing(lan: Pictured, body: bytes) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    async with lan.client.post("/", data=body, headers=kind) as response:
        assert response.status == 400
    async with lan.client.post(
        "/", data=body, headers={"Content-Type": "multipart/form-data"}
    ) as response:
        assert response.status == 400
