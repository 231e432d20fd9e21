"""Subscribing in a chat: any name of a commune, a few presses, and out again at once."""

from desk import subscriptions
from desk.conversations import Chat
from desk.inbox import Lane
from desk.subscriptions import Wish
from desk.topics import topic_ids
from handlers import dispatcher
from handlers.chat import Incoming, Reply
from tests.world import COMMUNE, World

HOME = Lane("telegram", "7700112233")


class Lan:
    """A citizen in a chat that can be written to, or (home None) on a page that is only read."""

    def __init__(self, world: World, home: Lane | None) -> None:
        self._world = world
        self._home = home
        self.chat = Chat()

    def does(self, *steps: str) -> Reply:
        """Press buttons by id, or type; what she reads at the end."""
        for step in steps:
            incoming = Incoming(choice=step) if step in self.chat.offered else Incoming(step)
            with self._world.office.begin("intake") as desk:
                self.chat = dispatcher.answer(desk, self.chat, incoming, home=self._home)
        reply = dispatcher.reply_in(self.chat)
        assert reply is not None
        return reply

    def follows(self) -> subscriptions.Following | None:
        """What she is subscribed to here."""
        with self._world.office.begin("intake") as desk:
            return subscriptions.find(desk, HOME)


ALL_OF_RACH_KIEN = ("xin chào", "follow", "xã Rạch Kiến, tỉnh Tây Ninh", "all_topics", "household")


def test_a_few_presses_subscribe_and_nothing_is_stored_before_the_last(world: World) -> None:
    lan = Lan(world, HOME)
    review = lan.does(*ALL_OF_RACH_KIEN)
    assert lan.follows() is None
    assert "Xã Rạch Kiến, Tỉnh Tây Ninh" in review.text
    assert "tất cả" in review.text
    lan.does("agree")
    following = lan.follows()

    assert following is not None
    assert following.wish == Wish((COMMUNE,), topic_ids(), "household")


def test_whoever_finds_no_further_place_goes_back_to_those_chosen(world: World) -> None:
    lan = Lan(world, HOME)
    chosen = lan.does("xin chào", "follow", "xã Rạch Kiến, tỉnh Tây Ninh")
    for wandering in (("more_places",), ("more_places", "Xyzzy"), ("more_places", "Tân Thành")):
        lan.does(*wandering)
        assert lan.does("back").text == chosen.text
    lan.does("all_topics", "household", "agree")

    following = lan.follows()
    assert following is not None
    assert following.wish.communes == (COMMUNE,)


def test_the_first_place_has_nothing_to_go_back_to(world: World) -> None:
    lan = Lan(world, HOME)
    assert [choice.id for choice in lan.does("xin chào", "follow").choices] == ["cancel"]


def test_an_old_name_leads_to_the_commune_of_today(world: World) -> None:
    lan = Lan(world, HOME)
    reply = lan.does("xin chào", "follow", "xã Long Hòa, Cần Đước, Long An")
    assert "Rạch Kiến" in reply.text


def test_an_unclear_name_is_asked_about_and_an_unknown_one_is_said(world: World) -> None:
    lan = Lan(world, HOME)
    unclear = lan.does("xin chào", "follow", "xã Tân Phú")
    assert len([c for c in unclear.choices if c.id.startswith("at:")]) >= 2
    unknown = lan.does("qqqqzzzz")
    assert "chưa tìm ra" in unknown.text


def test_topics_are_switched_on_and_off(world: World) -> None:
    lan = Lan(world, HOME)
    lan.does(*ALL_OF_RACH_KIEN[:3], "some_topics")
    assert "topics_done" not in lan.chat.offered
    lan.does("topic:money", "topic:family", "topic:money", "topics_done", "school", "agree")
    following = lan.follows()

    assert following is not None
    assert following.wish == Wish((COMMUNE,), ("family",), "school")


def test_on_a_page_one_gets_a_link_that_has_nothing_to_do_with_the_conversation(
    world: World,
) -> None:
    lan = Lan(world, None)
    reply = lan.does(*ALL_OF_RACH_KIEN, "agree")
    page = subscriptions.page_of(reply.link.removeprefix("/nhan/"))

    assert page is not None
    with world.office.begin("intake") as desk:
        following = subscriptions.find(desk, page)
    assert following is not None
    assert following.wish.communes == (COMMUNE,)
    assert len(lan.chat.lines) == 1, "what was chosen is wiped from the conversation"


def test_who_follows_already_sees_it_and_can_pause_and_go_on(world: World) -> None:
    lan = Lan(world, HOME)
    lan.does(*ALL_OF_RACH_KIEN, "agree")
    assert "đang nhận thông báo" in lan.does("follow").text
    lan.does("pause")
    paused = lan.follows()
    assert paused is not None
    assert paused.paused
    lan.does("resume")
    going_on = lan.follows()
    assert going_on is not None
    assert not going_on.paused


def test_three_ways_of_saying_it_stop_at_once(world: World) -> None:
    for words in ("Ngừng nhận", "/ngungnhan", "/xoadulieu"):
        lan = Lan(world, HOME)
        lan.does(*ALL_OF_RACH_KIEN, "agree")
        assert lan.follows() is not None
        lan.does(words)
        assert lan.follows() is None, words


def test_erasing_wipes_the_conversation_too(world: World) -> None:
    lan = Lan(world, HOME)
    lan.does("xin chào", "follow", "xã Rạch Kiến, tỉnh Tây Ninh", "/xoadulieu")
    assert len(lan.chat.lines) == 1
    assert lan.chat.draft == {}


def test_a_page_says_that_it_cannot_know_whose_link_to_stop(world: World) -> None:
    lan = Lan(world, None)
    assert "trang thông báo riêng" in lan.does("Ngừng nhận").text


def test_a_printed_code_skips_the_question_of_where(world: World) -> None:
    lan = Lan(world, HOME)
    reply = lan.does(f"/start xa{COMMUNE}")
    assert "Xã Rạch Kiến, Tỉnh Tây Ninh" in reply.text
    lan.does("all_topics", "household", "agree")

    following = lan.follows()
    assert following is not None
    assert following.wish.communes == (COMMUNE,)


def test_a_code_of_no_commune_asks_where(world: World) -> None:
    assert "xã, phường nào" in Lan(world, HOME).does("/start xa99999").text
