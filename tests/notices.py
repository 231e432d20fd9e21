"""Notices and subscribers of the world, for tests."""

from datetime import date, datetime
from uuid import UUID

from desk import campaigns, drafts, notices, subscriptions
from desk.drafts import Aim, Words
from desk.inbox import Lane
from desk.officers import Signed
from desk.subscriptions import Wish
from desk.topics import topic_ids
from storage.models import Notice
from tests.world import COMMUNE, World

SHIPPER = Words(
    title="Giả danh shipper, đòi chuyển khoản rồi gửi “link hủy”",
    trick=(
        "Kẻ gian gọi lúc bạn bận, báo có đơn nhỏ, xin chuyển khoản. Sau đó nói: “Chị chuyển nhầm "
        "vào tài khoản hội viên, mỗi tháng bị trừ 3,5 triệu”, rồi gửi link để hủy."
    ),
    signs="• Đòi tiền khi chưa thấy hàng. • Bảo bấm link. • Giục làm ngay, không cho hỏi ai.",
    todo="Xem đơn trong ứng dụng mua hàng. Không đọc mã OTP. Đã lỡ chuyển: gọi ngân hàng.",
    contact="Công an xã Rạch Kiến: 0272 3881 234. Khẩn cấp: 113.",
)
AIM = Aim((COMMUNE,), "shopping", date(2026, 4, 1))


def written(world: World, by: Signed | None = None, words: Words = SHIPPER, aim: Aim = AIM) -> UUID:
    """A draft."""
    author = by or world.minh
    with world.office.begin("desk", author.id) as desk:
        return notices.write(desk, author, words, aim)


def submitted(world: World, by: Signed | None = None, aim: Aim = AIM) -> UUID:
    """A notice that waits for approval."""
    author = by or world.minh
    id_ = written(world, author, aim=aim)
    with world.office.begin("desk", author.id) as desk:
        notices.submit(desk, author, id_, 1)
    return id_


def approved(
    world: World, start: datetime | None = None, aim: Aim = AIM, by: Signed | None = None
) -> UUID:
    """A notice that waits for its hour."""
    id_ = submitted(world, by, aim)
    with world.office.begin("desk", world.hoa.id) as desk:
        notices.approve(desk, world.hoa, id_, 2, start)
    return id_


def published(world: World, aim: Aim = AIM) -> UUID:
    """A notice that is out, as the sweep publishes it."""
    id_ = approved(world, aim=aim)
    publish_due(world)
    return id_


def publish_due(world: World) -> int:
    """What the sweep does every two seconds."""
    with world.office.begin("sweeps") as desk:
        return campaigns.sweep(desk)


def row(world: World, id_: UUID) -> Notice:
    """The notice as the writer's station sees it."""
    with world.office.begin("desk", world.minh.id) as desk:
        return notices.look(desk, world.minh, id_).notice


def text(world: World, id_: UUID) -> str:
    """The notice as it is sent."""
    return drafts.text_of(row(world, id_))


def subscribe(world: World, count: int, wish: Wish | None = None, start: int = 0) -> list[Lane]:
    """So many people who want notices of the commune on the channel of the tests."""
    lanes = [Lane("paper", str(number)) for number in range(start, start + count)]
    with world.office.begin("intake") as desk:
        for lane in lanes:
            subscriptions.follow(desk, lane, wish or Wish((COMMUNE,), topic_ids(), "household"))
    return lanes
