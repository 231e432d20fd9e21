"""A page that is older than its tip: pressed twice, or before what has come since was read."""

import asyncio

from tests.console.browsing import Browser
from tests.console.test_tips import TEXT, plain, tip_of
from tests.world import World


async def test_pressing_twice_is_pressing_once(world: World, hoa: Browser) -> None:
    tip = tip_of(world)
    world.claim(world.hoa, tip)
    await hoa.open(f"/desk/tips/{tip}")
    fields = {"csrf": hoa.hidden("csrf"), "version": hoa.hidden("version"), "text": "Ở đâu?"}

    async def press() -> int:
        async with hoa.client.post(f"/desk/tips/{tip}/ask", data=fields) as response:
            return response.status

    statuses = await asyncio.gather(press(), press(), press())

    assert sorted(statuses) == [200, 409, 409]
    asked = [line for line in world.opened(world.hoa, tip).lines if line.kind == "question"]
    assert len(asked) == 1


async def test_a_tip_is_not_closed_over_words_its_officer_has_not_seen(
    world: World, hoa: Browser
) -> None:
    receipt = world.submit(TEXT).receipt
    (tip,) = world.waiting(world.hoa)
    world.claim(world.hoa, tip)
    await hoa.open(f"/desk/tips/{tip}")
    world.add(receipt, "Bây giờ chúng đang quay lại, có dao")

    ending = {"disposition": "not_enough", "text": "Cảm ơn bà con", "do": "close"}
    await hoa.send(f"/desk/tips/{tip}/close", ending)

    assert hoa.status == 409
    assert "Tin vừa có thay đổi" in hoa.alert
    assert "có dao" in plain(hoa.page)
    assert "Cảm ơn bà con" in hoa.page, "what was typed stays"
    await hoa.send(f"/desk/tips/{tip}/close", ending)
    assert world.waiting(world.hoa, "closed") == [tip], "read, and still to be closed"
