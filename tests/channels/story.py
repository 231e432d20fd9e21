"""The scripted dialogue: one citizen from the first notice to the last, on whatever phone she has.

Subscribe, tip, receipt, the officer's question, a notice and its recall, unsubscribe, silence.
"""

from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from desk import campaigns, notices
from desk.drafts import Words
from desk.subscriptions import AUDIENCES
from handlers.texts import say
from tests.bot.broadcasting import progress, until
from tests.notices import AIM, SHIPPER, publish_due, row
from tests.world import COMMUNE, World

TIP = "Khuya qua có hai người đi xe wave đỏ bẻ khoá lấy xe máy của hàng xóm."
PLACE = "xã Rạch Kiến, tỉnh Tây Ninh"
QUESTION = "Xe máy màu gì?"
ANSWER = "Xe Wave màu đỏ."
REASON = "Ghi sai số điện thoại"
FIRST, SECOND, THIRD = (
    replace(SHIPPER, title=title)
    for title in ("Giả danh shipper", "Giả danh nhân viên điện lực", "Giả danh công an gọi video")
)


class Phone(Protocol):
    """What she has in her hand."""

    @property
    def said(self) -> str:
        """The last thing she was told."""
        ...

    @property
    def labels(self) -> list[str]:
        """Of the buttons on screen."""
        ...

    @property
    def code(self) -> str:
        """The receipt on screen, to copy."""
        ...

    async def comes(self) -> None:
        """Begin."""
        ...

    async def says(self, text: str) -> None:
        """Type something; the answer is on screen afterwards."""
        ...

    async def presses(self, label: str) -> None:
        """A button by what stands on it; the answer is on screen afterwards."""
        ...

    async def stops(self) -> None:
        """Unsubscribe where she reads her notices."""
        ...

    async def readable(self) -> list[str]:
        """All she can read now where notices come."""
        ...


@dataclass(frozen=True)
class Told:
    """What it came to."""

    receipt: str
    tip: UUID


async def lived(lan: Phone, world: World) -> Told:
    """The whole of it, the same words on every channel."""
    await subscribes(lan)
    receipt = await tells(lan)
    tip = world.newest(world.minh)
    world.claim(world.minh, tip)
    world.ask(world.minh, tip, QUESTION)
    await looks_up(lan, receipt)
    first = await warned(world, FIRST)
    assert await read(lan) == [FIRST.title]
    await taken_back(world, first)
    assert await read(lan) == []
    assert any(REASON in text for text in await lan.readable())
    await warned(world, SECOND)
    assert await read(lan) == [SECOND.title]
    await lan.stops()
    shown = await lan.readable()
    await warned(world, THIRD)
    assert await lan.readable() == shown, "after unsubscribing nothing comes"
    return Told(receipt, tip)


async def subscribes(lan: Phone) -> None:
    """To every topic of her commune."""
    await lan.comes()
    await lan.presses(say("button.follow"))
    await lan.says(PLACE)
    await lan.presses(say("button.all_topics"))
    await lan.presses(AUDIENCES["household"])
    assert "Rạch Kiến" in lan.said
    await lan.presses(say("button.agree"))
    assert "Xong rồi." in lan.said


async def tells(lan: Phone) -> str:
    """A tip; its receipt."""
    await lan.comes()
    await lan.presses(say("button.tip"))
    await lan.presses(say("button.danger_no"))
    await lan.says(TIP)
    if say("button.go_on") in lan.labels:  # it sounded urgent
        await lan.presses(say("button.go_on"))
    await lan.says(PLACE)
    await lan.presses(say("button.send"))
    receipt = lan.code
    await lan.presses(say("button.saved"))
    return receipt


async def looks_up(lan: Phone, receipt: str) -> None:
    """She comes back, reads the question and answers."""
    await lan.comes()
    await lan.presses(say("button.receipt"))
    await lan.says(receipt)
    assert QUESTION in lan.said
    await lan.presses(say("button.add"))
    await lan.says(ANSWER)
    assert lan.said == say("receipt.added")


async def warned(world: World, words: Words) -> UUID:
    """Minh writes a notice, Hoa approves it; back once nobody is left to send it to."""
    with world.office.begin("desk", world.minh.id) as desk:
        id_ = notices.write(desk, world.minh, words, AIM)
        notices.submit(desk, world.minh, id_, 1)
    with world.office.begin("desk", world.hoa.id) as desk:
        notices.approve(desk, world.hoa, id_, 2)
    publish_due(world)
    await settled(world, id_)
    return id_


async def taken_back(world: World, id_: UUID) -> None:
    """It was wrong."""
    revision = row(world, id_).revision
    with world.office.begin("desk", world.hoa.id) as desk:
        notices.recall(desk, world.hoa, id_, revision, REASON)
    world.clock.at += campaigns.RECALL_AFTER
    await settled(world, id_)


async def settled(world: World, id_: UUID) -> None:
    """Everything that is sent for this notice has been sent."""
    await until(lambda: all(p.state in ("done", "stopped") for p in progress(world, id_)))


async def read(lan: Phone) -> list[str]:
    """Titles of the notices in force that she can read."""
    texts = await lan.readable()
    return [n.title for n in (FIRST, SECOND, THIRD) for t in texts if n.title in t and n.todo in t]


def answered(world: World, told: Told) -> None:
    """The officer has the tip, its place and the answer."""
    opened = world.opened(world.minh, told.tip)
    written = [str(line.content.get("text", "")) for line in opened.lines]
    assert opened.tip.station_code == COMMUNE
    assert written[0].startswith(TIP)
    assert ANSWER in written
