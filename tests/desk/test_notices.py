"""A notice goes out only after a second pair of eyes, and nothing but a warning ever does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from desk import audit, campaigns, drafts, errors, notices
from desk.desk import Desk
from desk.errors import DeskError
from desk.officers import Signed
from desk.subscriptions import Wish
from storage import notices as rows
from tests.notices import (
    AIM,
    SHIPPER,
    approved,
    publish_due,
    published,
    row,
    submitted,
    subscribe,
    written,
)
from tests.world import COMMUNE, NEIGHBOUR, World

Deed = Callable[[Desk, Signed, UUID, int], None]


def does(world: World, signed: Signed, deed: Deed, id_: UUID, revision: int) -> None:
    with world.office.begin("desk", signed.id) as desk:
        deed(desk, signed, id_, revision)


def give_back(desk: Desk, signed: Signed, id_: UUID, revision: int) -> None:
    notices.give_back(desk, signed, id_, revision, "Thiếu số trực ban")


def recall(desk: Desk, signed: Signed, id_: UUID, revision: int) -> None:
    notices.recall(desk, signed, id_, revision, "Số điện thoại ghi sai")


def test_the_writer_cannot_approve_and_a_colleague_can(world: World) -> None:
    id_ = submitted(world, world.hoa)
    with pytest.raises(errors.OwnNoticeError):
        does(world, world.hoa, notices.approve, id_, 2)
    does(world, world.minh, notices.approve, id_, 2)
    assert row(world, id_).state == "scheduled"


def test_where_a_commune_has_one_officer_the_province_approves(world: World) -> None:
    id_ = submitted(world)
    does(world, world.ngan, notices.approve, id_, 2)
    assert row(world, id_).approved_by == world.ngan.id


def test_what_was_approved_is_what_was_read(world: World) -> None:
    id_ = submitted(world)
    with world.office.begin("desk", world.minh.id) as desk:
        changed = replace(SHIPPER, contact="Gọi 0900 000 000")
        notices.rewrite(desk, world.minh, id_, 2, (changed, AIM))

    with pytest.raises(errors.WrongStepError):
        does(world, world.hoa, notices.approve, id_, 2)
    does(world, world.minh, notices.submit, id_, 3)
    with pytest.raises(errors.NoticeChangedError):
        does(world, world.hoa, notices.approve, id_, 2)
    does(world, world.hoa, notices.approve, id_, 4)


def test_a_colleague_who_rewrites_becomes_the_writer(world: World) -> None:
    id_ = submitted(world)
    with world.office.begin("desk", world.hoa.id) as desk:
        notices.rewrite(desk, world.hoa, id_, 2, (SHIPPER, AIM))
    does(world, world.hoa, notices.submit, id_, 3)
    with pytest.raises(errors.OwnNoticeError):
        does(world, world.hoa, notices.approve, id_, 4)


def test_given_back_it_is_a_draft_again_with_the_reason(world: World) -> None:
    id_ = submitted(world)
    does(world, world.hoa, give_back, id_, 2)
    assert (row(world, id_).state, row(world, id_).remark) == ("draft", "Thiếu số trực ban")


@pytest.mark.parametrize(
    "trick",
    [
        "Người theo đạo lạ tụ tập cầu nguyện ở xã, ai thấy thì báo.",
        "Người dân tộc Khơ Me hay trộm cắp, bà con cảnh giác.",
        "Cảnh giác luận điệu xuyên tạc, nói xấu chính quyền trên mạng.",
        "Khảo sát ý kiến bà con về lãnh đạo xã, mời trả lời tại đây.",
        "Chính quyền quan liêu, tôi không đồng tình với chủ trương sáp nhập xã.",
    ],
)
def test_a_notice_about_a_faith_an_ethnicity_or_an_opinion_is_refused(
    trick: str, world: World
) -> None:
    id_ = written(world, words=replace(SHIPPER, trick=trick))
    with pytest.raises(errors.OpinionNoticeError):
        does(world, world.minh, notices.submit, id_, 1)


def test_swindlers_who_name_a_temple_may_be_warned_of(world: World) -> None:
    trick = "Kẻ gian giả danh nhà chùa, nhà thờ gọi điện xin tiền từ thiện."
    id_ = written(world, words=replace(SHIPPER, trick=trick))
    does(world, world.minh, notices.submit, id_, 1)
    assert row(world, id_).state == "waiting"


def test_a_link_that_works_is_refused_and_a_broken_one_is_not(world: World) -> None:
    id_ = written(world, words=replace(SHIPPER, signs="Trang giả: vneid-gov.com"))
    with pytest.raises(errors.WorkingLinkError):
        does(world, world.minh, notices.submit, id_, 1)
    id_ = written(world, words=replace(SHIPPER, signs="Trang giả: vneid[.]xyz"))
    does(world, world.minh, notices.submit, id_, 1)


@pytest.mark.parametrize(("name", "called", "limit"), drafts.PARTS)
def test_each_part_has_its_limit(name: str, called: str, limit: int, world: World) -> None:
    short = dict.fromkeys((part[0] for part in drafts.PARTS), "x")
    written(world, words=drafts.Words(**short | {name: "x" * limit}))
    with pytest.raises(errors.PartTooLongError, match=f"“{called}” dài {limit + 1}"):
        written(world, words=drafts.Words(**short | {name: "x" * (limit + 1)}))
    with pytest.raises(errors.PartMissingError):
        written(world, words=drafts.Words(**short | {name: "  "}))


def test_the_whole_fits_into_one_bubble(world: World) -> None:
    full = drafts.Words(*("x" * limit for _, _, limit in drafts.PARTS))
    with pytest.raises(errors.WholeTooLongError):
        written(world, words=full)


def test_an_officer_writes_for_their_own_commune_and_a_province_for_its_communes(
    world: World,
) -> None:
    with pytest.raises(errors.NotYourCommuneError):
        written(world, aim=replace(AIM, communes=(NEIGHBOUR,)))
    both = written(world, world.ngan, aim=replace(AIM, communes=(COMMUNE, NEIGHBOUR)))
    assert both
    with pytest.raises(errors.NotYourCommuneError):
        written(world, world.ngan, aim=replace(AIM, communes=("00004",)))


def test_a_choice_that_reaches_fewer_than_twenty_is_refused(world: World) -> None:
    subscribe(world, 19, Wish((COMMUNE,), ("shopping",), "school"))
    narrow = replace(AIM, audience="school", only_topic=True)
    id_ = written(world, aim=narrow)
    with pytest.raises(errors.TooFewError):
        does(world, world.minh, notices.submit, id_, 1)
    subscribe(world, 1, Wish((COMMUNE,), ("shopping",), "school"), start=19)
    does(world, world.minh, notices.submit, id_, 1)
    # The whole commune may always be told, however few they are.
    assert submitted(world, aim=AIM)


@pytest.mark.parametrize("days", [0, 181])
def test_a_notice_runs_out_within_half_a_year(days: int, world: World) -> None:
    with pytest.raises(errors.BadExpiryError):
        written(world, aim=replace(AIM, expires_on=date(2026, 3, 2) + timedelta(days=days)))


def test_at_its_hour_it_is_published_once_with_a_campaign_per_channel(world: World) -> None:
    subscribe(world, 3)
    id_ = approved(world, world.clock.at + timedelta(hours=1))
    assert publish_due(world) == 0
    world.clock.at += timedelta(hours=1)
    assert publish_due(world) == 1
    assert publish_due(world) == 0
    with world.office.begin("desk", world.hoa.id) as desk:
        progress = campaigns.progress(desk, id_)
    assert [(p.channel, p.state) for p in progress] == [("paper", "running")]
    assert row(world, id_).state == "published"


@pytest.mark.parametrize("hours", [-1, 31 * 24])
def test_an_hour_that_is_over_or_far_away_is_refused(hours: int, world: World) -> None:
    with pytest.raises(errors.BadStartError):
        approved(world, world.clock.at + timedelta(hours=hours))


def test_another_station_sees_nothing_of_it(world: World) -> None:
    id_ = submitted(world, world.ngan)
    for deed in (notices.submit, notices.approve, give_back, recall):
        with pytest.raises(errors.NoSuchNoticeError):
            does(world, world.minh, deed, id_, 2)
    with pytest.raises(errors.NoSuchNoticeError):
        does(world, world.minh, notices.submit, uuid4(), 1)


def test_pausing_resuming_and_stopping_follow_each_other(world: World) -> None:
    subscribe(world, 1)
    id_ = published(world)

    def command(step: str) -> str:
        with world.office.begin("desk", world.hoa.id) as desk:
            campaigns.command(desk, world.hoa, row(world, id_), step)
            return campaigns.progress(desk, id_)[0].state

    assert command("pause") == "paused"
    assert command("resume") == "running"
    assert command("stop") == "stopped"
    with pytest.raises(errors.WrongStepError):
        command("resume")


def test_recalling_stops_sending_and_takes_back_what_was_sent(world: World) -> None:
    subscribe(world, 1)
    id_ = published(world)
    does(world, world.hoa, recall, id_, 3)
    with world.office.begin("desk", world.hoa.id) as desk:
        progress = campaigns.progress(desk, id_)
    assert [(p.recalls, p.state) for p in progress] == [(False, "stopped"), (True, "running")]
    assert "Số điện thoại ghi sai" in drafts.recall_text(row(world, id_))


def test_who_would_get_it_is_counted_until_it_is_out(world: World) -> None:
    subscribe(world, 20)
    id_ = approved(world)
    with world.office.begin("desk", world.minh.id) as desk:
        before = notices.look(desk, world.minh, id_).reach
    publish_due(world)
    with world.office.begin("desk", world.minh.id) as desk:
        after = notices.look(desk, world.minh, id_).reach

    assert (before, after) == (20, None)


def test_citizens_read_what_is_published_and_for_a_week_what_was_recalled(world: World) -> None:
    def public() -> list[str]:
        with world.office.begin("intake") as desk:
            return [n.state for n in notices.public(desk, [COMMUNE])]

    submitted(world)
    assert public() == []
    id_ = published(world)
    assert public() == ["published"]
    does(world, world.hoa, recall, id_, 3)
    assert public() == ["recalled"]
    world.clock.at += timedelta(days=8)
    assert public() == []


def test_a_notice_taken_back_before_its_hour_is_never_shown(world: World) -> None:
    id_ = approved(world, world.clock.at + timedelta(days=2))
    does(world, world.hoa, recall, id_, 3)
    with world.office.begin("intake") as desk:
        assert notices.public(desk, [COMMUNE]) == []
    world.clock.at += timedelta(days=3)
    with world.office.begin("intake") as desk:
        assert notices.public(desk, [COMMUNE]) == []


def test_an_expired_notice_is_gone_from_the_pages(world: World) -> None:
    published(world)
    world.clock.at += timedelta(days=31)
    with world.office.begin("intake") as desk:
        assert notices.public(desk, [COMMUNE]) == []


def test_every_step_is_in_the_audit_log_without_a_word_of_the_notice(world: World) -> None:
    subscribe(world, 1)
    id_ = published(world)
    does(world, world.hoa, recall, id_, 3)
    with world.office.begin("desk", world.hoa.id) as desk:
        deeds = audit.of_notice(desk, id_)
        broken = audit.verify(desk)[1]
    assert [deed.action.split(".")[1] for deed in deeds] == [
        "written",
        "submitted",
        "approved",
        "published",
        "recalled",
    ]
    assert {deed.detail for deed in deeds} == {str(id_)}
    assert broken is None


def test_a_deed_that_is_refused_leaves_no_trace(world: World) -> None:
    id_ = submitted(world)
    with pytest.raises(DeskError):
        does(world, world.minh, notices.approve, id_, 2)
    with world.office.begin("desk", world.hoa.id) as desk:
        found = rows.find(desk.session, id_)
        assert len(audit.of_notice(desk, id_)) == 2
    assert found is not None
    assert found.state == "waiting"
