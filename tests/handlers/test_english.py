"""English: chosen by a button or a command, kept to the end, and whole."""

from dataclasses import replace

import pytest

from desk import drafts, library
from desk.conversations import Chat
from desk.inbox import Lane
from desk.topics import topics
from handlers import dispatcher, menu
from handlers.chat import Incoming, Reply
from handlers.texts import ENGLISH, VIETNAMESE, language, say, speaking
from nlp import disclosure
from nlp.faq import Answer
from tests.fakes import LearntMethods, LearntQuestions
from tests.handlers.talking import Lan
from tests.test_languages import MARKED
from tests.world import World

TIP = "Two men broke a lock last night and took a motorbike."
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"
OPINION = "Quan điểm của em là học sinh không nên bị cấm điện thoại hoàn toàn"
PLACE = "xa Long Hoa, Can Duoc, Long An"
QUESTION, UNSURE = "Gọi số mấy?", "Báo sao?"
HOME = Lane("telegram", "7700112233")


def english(key: str, **values: str) -> str:
    with speaking(ENGLISH):
        return say(key, **values)


@pytest.fixture
def lan(world: World) -> Lan:
    """Lan has pressed "English"."""
    learnt = LearntQuestions(
        **{
            QUESTION: Answer("answer", "hotlines", ("hotlines", "reward")),
            UNSURE: Answer("suggest", None, ("how_to_report", "after_report")),
        }
    )
    world.office.tools = replace(world.office.tools, questions=learnt)
    lan = Lan(world)
    lan.says("")
    lan.presses("english")
    return lan


def test_a_tip_from_the_first_word_to_the_receipt_and_back(world: World, lan: Lan) -> None:
    assert lan.reply.text == english("menu.hello")
    assert lan.presses("tip") == english("tip.danger")
    assert lan.presses("danger_no") == english("tip.what")
    assert lan.says(TIP) == english("tip.place")
    review = lan.says(PLACE)
    assert review.startswith("Please read it once more before it is sent.")
    assert f"“{TIP}”" in review
    assert "Place: Xã Rạch Kiến, Tỉnh Tây Ninh (you wrote" in review
    assert "Goes to: Công an xã Rạch Kiến" in review

    sent = lan.says("Send this report")

    assert sent.startswith("Passed on to the duty desk of Công an xã Rạch Kiến.")
    receipt = lan.reply.copy
    tip_id = world.newest(world.minh)
    assert world.opened(world.minh, tip_id).report["text"] == TIP
    assert lan.presses("saved") == english("tip.saved")
    world.claim(world.minh, tip_id)
    world.ask(world.minh, tip_id, "Xe màu gì?")
    assert lan.presses("receipt") == english("receipt.ask")
    said = lan.says(receipt)
    assert "Report of 15:00 on 2/3, now with Công an xã Rạch Kiến." in said
    assert f"State: {english('receipt.state_waiting')}" in said
    assert "The police ask (15:00 on 2/3): Xe màu gì?" in said


def test_nothing_of_a_turn_is_spoken_after_it(lan: Lan) -> None:
    lan.presses("tip")

    assert lan.reply.text == english("tip.danger")
    assert language() == VIETNAMESE


def test_a_turn_that_breaks_leaves_vietnamese_behind(world: World, lan: Lan) -> None:
    lan.chat = Chat("receipt.status", {}, ("look_again",), language=ENGLISH)

    with pytest.raises(KeyError), world.office.begin("intake") as desk:
        dispatcher.answer(desk, lan.chat, Incoming(choice="look_again"))

    assert language() == VIETNAMESE


@pytest.mark.parametrize("back", ["/tiengviet", "Tiếng Việt", "tieng viet", "🌐 Tiếng Việt"])
def test_the_way_back_is_a_button_a_command_or_two_words(lan: Lan, back: str) -> None:
    assert lan.chat.offered == (*menu.DOORS, "tiengviet")

    assert lan.says(back) == say("menu.hello")

    assert lan.chat.offered == (*menu.DOORS, "english")
    assert lan.presses("tip") == say("tip.danger")


@pytest.mark.parametrize("word", ["/english", "English", "🌐 English", "7"])
def test_english_is_a_button_a_command_or_a_word(world: World, word: str) -> None:
    lan = Lan(world)
    lan.says("")

    assert lan.says(word) == english("menu.hello")


def test_switching_in_the_middle_asks_the_same_again_and_loses_nothing(
    world: World, lan: Lan
) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(TIP)
    review = lan.says(PLACE)
    assert lan.says("/tiengviet").startswith("Bà con xem lại trước khi gửi.")
    assert f"“{TIP}”" in lan.reply.text

    assert lan.says("/english") == review

    lan.presses("send")
    assert world.opened(world.minh, world.newest(world.minh)).report["text"] == TIP


def test_switching_in_danger_keeps_the_numbers_and_explains_them_again(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    warned = lan.says(FIRE)
    calls = lan.reply.calls
    assert warned == english("tip.urgent")

    assert lan.says("/tiengviet") == say("tip.urgent")

    assert lan.reply.calls == calls
    lan.presses("home")
    lan.presses("tip")
    lan.presses("danger_yes")
    lan.says("/english")
    assert lan.reply.calls == menu.CALLS


def test_switching_beside_a_receipt_leaves_it_on_the_page(world: World) -> None:
    lan = Lan(world)
    for choice in ("tip", "danger_no"):
        lan.presses(choice)
    lan.says(TIP)
    lan.says(PLACE)
    lan.presses("send")
    receipt = lan.reply.copy

    lan.says("/english")

    assert receipt in [line.get("copy") for line in lan.chat.lines]
    assert lan.presses("saved") == english("tip.saved")


def test_a_language_outlives_every_flow_until_everything_is_erased(lan: Lan) -> None:
    for door in (*menu.DOORS, "saved", "home", "cancel", "unfollow"):
        lan.presses(door)
        assert (lan.chat.language, lan.reply.language) == (ENGLISH, ENGLISH), door

    assert lan.says("/xoadulieu") == english("follow.erased_page")

    assert lan.says("/start") == say("menu.hello")


def test_what_an_officer_reads_is_vietnamese(world: World, lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(FIRE)
    lan.presses("go_on")
    assert lan.reply.text.startswith("Please read it once more")
    lan.presses("send")
    receipt = lan.reply.copy
    assert english("tip.after") in lan.reply.text

    said = lan.says(PLACE)

    assert said.startswith("Added to your report: Xã Rạch Kiến, Tỉnh Tây Ninh (you wrote")
    added = world.follow(receipt).lines[-1].text
    assert added == f"Nơi xảy ra: Xã Rạch Kiến, Tỉnh Tây Ninh (bà con ghi “{PLACE}”)"


def test_an_answer_and_a_notice_say_first_that_they_are_vietnamese(world: World, lan: Lan) -> None:
    first = english("menu.in_vietnamese") + "\n\n"
    lan.presses("ask")

    answer = lan.says(QUESTION)

    assert answer.startswith(first + world.office.tools.answers["hotlines"].text)
    method = next(iter(library.samples()))
    world.office.tools = replace(
        world.office.tools, methods=LearntMethods("scam", method, "dọa nạt", top=(method,))
    )
    lan.presses("check")
    verdict = lan.says("Chuyển tiền ngay")
    assert verdict.startswith("SIGNS OF A SCAM: ")
    assert "Suspicious: threats." in verdict
    assert lan.presses(f"method:{method}").startswith(first)


class Walker:
    """Presses every kind of button and types all sorts of things, wherever that leads."""

    def __init__(self, world: World, home: Lane | None, app: str) -> None:
        self.world, self.home, self.app = world, home, app
        self.heard: dict[str, Reply] = {}
        self._opened: set[str] = set()

    def walks(self, chat: Chat, typed: tuple[str, ...]) -> None:
        """Until nothing new is on screen."""
        seen, ahead = {""}, [chat]
        while ahead:
            at = ahead.pop(0)
            kinds = {choice.split(":")[0]: choice for choice in at.offered}
            fresh = [choice for choice in kinds.values() if choice not in self._opened]
            self._opened |= {choice for choice in fresh if choice in dispatcher.OPENERS}
            pressed = [Incoming(choice=choice) for choice in fresh]
            for incoming in (*pressed, *map(Incoming, typed if at.step or at is chat else ())):
                after = self._turn(at, incoming)
                state = after.step + "".join(sorted({c.split(":")[0] for c in after.offered}))
                if state not in seen and after.language == ENGLISH:
                    seen.add(state)
                    ahead.append(replace(after, lines=after.lines[-1:]))

    def _turn(self, chat: Chat, incoming: Incoming) -> Chat:
        with self.world.office.begin("intake") as desk:
            after = dispatcher.answer(desk, chat, incoming, self.app, self.home)
        reply = dispatcher.reply_in(after)
        assert reply is not None
        if reply.language == ENGLISH:
            self.heard.setdefault(reply.text, reply)
        return after


def vietnamese_whatever_the_language(world: World) -> list[str]:
    """Places, stations, topics, methods, reviewed answers, notices; the longest first."""
    tools = world.office.tools
    found = {
        "Tiếng Việt",
        "Ngừng nhận",
        disclosure.MASK,  # stands in what is sent to officers
        FIRE,
        OPINION,
        QUESTION,
        UNSURE,
        *tools.method_names.values(),
    }
    found |= {topic.name for topic in topics()}
    for place in (*tools.gazetteer.communes.values(), *tools.gazetteer.provinces.values()):
        kind = place.name[0].lower() + place.name[1:]
        found |= {place.name, f"Công an {kind}", *getattr(place, "formerly", ())}
    for answer in tools.answers.values():
        found |= {answer.text, answer.question, answer.source, answer.office}
    for sample in library.samples().values():
        found |= {drafts.text_of(sample.words), sample.source_line, sample.words.todo}
        found |= {line.strip() for line in sample.words.todo.splitlines()}
    return sorted(filter(None, found), key=len, reverse=True)


@pytest.mark.parametrize(("home", "app"), [(None, ""), (HOME, "Telegram")])
def test_every_reply_is_english_but_for_what_is_vietnamese_in_every_language(
    world: World, lan: Lan, home: Lane | None, app: str
) -> None:
    receipt = world.submit(TIP).receipt
    typed = (
        "",
        TIP,
        FIRE,
        OPINION,
        QUESTION,
        UNSURE,
        PLACE,
        "xa Long Hoa",
        receipt,
        "0900 000 000",
    )
    walker = Walker(world, home, app)

    walker.walks(lan.chat, typed)

    kept = vietnamese_whatever_the_language(world)
    wrong = []
    for reply in walker.heard.values():
        labels = (choice.label for choice in reply.choices)
        for text in (reply.text, reply.hint, *labels):
            left = text
            for known in kept if MARKED.search(text) else ():
                left = left.replace(known, "")
            wrong += [text] if MARKED.search(left) else []
    assert len(walker.heard) >= 60
    assert sorted(set(wrong)) == []
