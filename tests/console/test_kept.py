"""What was written while a log-in ended: kept for whoever wrote it, and for nobody else."""

from html import unescape
from uuid import UUID

import pytest

from tests.console.browsing import Browser
from tests.world import World

TEXT = 'Đã gọi trưởng ấp <b>"Tư"</b>\nmai đi xem'
SHOWN = "Đã gọi trưởng ấp &lt;b&gt;"
CARD = f'<p class="text">{SHOWN}'


def notes(world: World, tip: UUID) -> list[object]:
    lines = world.opened(world.hoa, tip).lines
    return [line.content["text"] for line in lines if line.kind == "note"]


@pytest.fixture
async def tip(world: World, hoa: Browser) -> UUID:
    """A tip whose page Hoa has open when the log-in ends."""
    world.submit("Tối qua mất xe máy ở chợ")
    (found,) = world.waiting(world.hoa)
    await hoa.open(f"/desk/tips/{found}")
    world.clock.at = world.clock.at.replace(hour=19)
    return found


async def send_again(hoa: Browser) -> str:
    """The first form of “Chưa gửi”."""
    fields = {name: hoa.hidden(name) for name in ("kept", "text", "version")}
    action = hoa.page.split('<form method="post" action="', 2)[2].split('"')[0]
    return await hoa.send(unescape(action), fields)


async def test_what_was_written_waits_for_its_writer_and_is_sent_after_the_next_log_in(
    world: World, hoa: Browser, tip: UUID
) -> None:
    old_page = hoa.page
    for _ in range(2):  # the page is loaded again: still one
        hoa.page = old_page
        await hoa.send(f"/desk/tips/{tip}/note", {"text": TEXT})
        assert hoa.status == 401
        assert "được giữ lại" in hoa.alert
        assert SHOWN not in hoa.page, "whoever comes to this machine next must not read it"

    await hoa.sign_in(world, "hoa")
    assert hoa.at == "/desk/kept"
    assert hoa.page.count(CARD) == 1
    assert "Ghi chú về một tin" in hoa.page
    await send_again(hoa)

    assert hoa.at == f"/desk/tips/{tip}"
    assert notes(world, tip) == [TEXT]
    assert "chưa gửi" not in hoa.page
    assert "Không có gì chờ gửi" in await hoa.open("/desk/kept")


async def test_whoever_is_in_again_before_sending_just_sends(
    world: World, hoa: Browser, tip: UUID
) -> None:
    old_page = hoa.page
    await hoa.sign_in(world, "hoa")  # in another tab
    hoa.page = old_page

    await hoa.send(f"/desk/tips/{tip}/note", {"text": TEXT})

    assert hoa.status == 200
    assert notes(world, tip) == [TEXT]


async def test_another_officer_on_that_machine_neither_sees_nor_sends_nor_drops_it(
    world: World, hoa: Browser, tip: UUID
) -> None:
    old_page = hoa.page
    await hoa.send(f"/desk/tips/{tip}/note", {"text": TEXT})
    await hoa.sign_in(world, "minh")
    assert hoa.at == "/desk/queue"
    assert "chưa gửi" not in hoa.page
    assert "Không có gì chờ gửi" in await hoa.open("/desk/kept")

    token = hoa.hidden("csrf")
    hoa.page = old_page  # Hoa's tab is still open
    await hoa.send(f"/desk/tips/{tip}/note", {"text": f"{TEXT}, thêm"})
    assert hoa.status == 403
    assert "giữ cho người ấy" in hoa.alert
    assert SHOWN not in hoa.page
    await hoa.send(f"/desk/tips/{tip}/claim", {"csrf": old_page.split('value="')[1][:96]})
    assert hoa.status == 403
    assert notes(world, tip) == []

    await hoa.send("/desk/logout", {"csrf": token})
    await hoa.sign_in(world, "hoa")
    kept = hoa.hidden("kept")
    assert hoa.page.count(CARD) == 2, "both are still there"
    await hoa.send("/desk/logout")
    world.clock.at = world.clock.at.replace(minute=1)
    await hoa.sign_in(world, "minh")
    await hoa.open("/desk/kept")
    await hoa.send("/desk/kept/drop", {"id": kept})
    await hoa.send("/desk/logout")
    world.clock.at = world.clock.at.replace(minute=2)
    await hoa.sign_in(world, "hoa")
    assert hoa.page.count(CARD) == 2


async def test_what_is_not_wanted_any_more_is_dropped_and_until_then_every_page_says_so(
    world: World, hoa: Browser, tip: UUID
) -> None:
    await hoa.send(f"/desk/tips/{tip}/note", {"text": TEXT})
    await hoa.sign_in(world, "hoa")
    assert "Bạn còn 1 nội dung chưa gửi" in await hoa.open("/desk/queue")

    await hoa.open("/desk/kept")
    await hoa.send("/desk/kept/drop", {"id": hoa.hidden("kept")})

    assert "Đã bỏ" in hoa.page
    assert "Không có gì chờ gửi" in hoa.page
    assert "chưa gửi</a>" not in await hoa.open("/desk/queue")
    assert notes(world, tip) == []


async def test_what_the_desk_refuses_stays_until_it_is_taken(
    world: World, hoa: Browser, tip: UUID
) -> None:
    await hoa.send(f"/desk/tips/{tip}/note", {"text": TEXT})
    with world.office.begin("desk", world.minh.id):
        world.claim(world.minh, tip)
        world.close(world.minh, tip)
    await hoa.sign_in(world, "hoa")

    await send_again(hoa)

    assert hoa.status == 409
    assert "1 nội dung chưa gửi" in hoa.page
    assert SHOWN in await hoa.open("/desk/kept")


@pytest.mark.parametrize("id_", ["", "zz", "00", "ế"])
async def test_what_is_no_kept_form_drops_nothing(
    id_: str, world: World, hoa: Browser, tip: UUID
) -> None:
    await hoa.send(f"/desk/tips/{tip}/note", {"text": TEXT})
    await hoa.sign_in(world, "hoa")
    await hoa.send("/desk/kept/drop", {"id": id_})
    assert hoa.status == 200
    assert SHOWN in hoa.page
