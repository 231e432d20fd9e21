"""Subscribing to notices: where, about what, for whom. Changing and stopping work at once."""

from collections.abc import Sequence
from typing import Any

from desk import subscriptions
from desk.subscriptions import AUDIENCES, COMMUNES_AT_MOST, Following, Wish
from desk.topics import topic_ids, topic_name, topics
from handlers import menu, places
from handlers.chat import Choice, Reply
from handlers.flow import Draft, Move, Turn
from handlers.menu import button
from handlers.texts import say

ABOUT = "topic:"  # a button's id is this and the topic's id


def start(turn: Turn) -> Move:
    """What is chosen already, or the first question; a printed code brings its commune along."""
    if turn.text in turn.desk.tools.gazetteer.communes:
        return _add_place(turn, turn.text)
    following = _following(turn)
    if following:
        return _show(turn, following)
    named = turn.text and not turn.text.isdecimal()  # a code of no commune is no name
    return place(turn) if named else _ask_place({})


def place(turn: Turn) -> Move:
    """A commune, by any old or new name."""
    if turn.choice.startswith(places.AT):
        return _add_place(turn, turn.choice.removeprefix(places.AT))
    if turn.choice == "back" and turn.draft.get("communes"):
        return _ask_about(turn, turn.draft)
    if not (turn.text or turn.incoming.at):
        return _ask_place(turn.draft)
    found = places.nearby(turn) if turn.incoming.at else places.meant(turn, turn.text)
    if isinstance(found, str):
        return _add_place(turn, found)
    codes, reason = found
    if not codes:
        return _ask_place(turn.draft, say("follow.place_none"))
    choices = (*places.buttons(turn, codes), *_back(turn.draft))
    reply = places.question(places.unsure(reason), choices)
    return Move(reply, "follow.place", turn.draft)


def about(turn: Turn) -> Move:
    """Everything, a few topics, or one more commune first."""
    match turn.choice:
        case "all_topics":
            return _ask_kind({**turn.draft, "topics": list(topic_ids())})
        case "some_topics":
            return _ask_topics({**turn.draft, "topics": []})
        case "more_places":
            return _ask_place(turn.draft)
    if turn.text:
        return place(turn)
    return _ask_about(turn, turn.draft)


def some(turn: Turn) -> Move:
    """Topics, one press each."""
    chosen = [str(topic) for topic in turn.draft["topics"]]
    if turn.choice == "topics_done" and chosen:
        return _ask_kind(turn.draft)
    pressed = turn.choice.removeprefix(ABOUT)
    if pressed in topic_ids():
        chosen = [t for t in topic_ids() if (t in chosen) != (t == pressed)]
    return _ask_topics({**turn.draft, "topics": chosen})


def kind(turn: Turn) -> Move:
    """For whom."""
    if turn.choice not in AUDIENCES:
        return _ask_kind(turn.draft)
    return _review(turn, {**turn.draft, "audience": turn.choice})


def review(turn: Turn) -> Move:
    """The last look; only "agree" subscribes."""
    if turn.choice == "change":
        return _ask_place({})
    if turn.choice != "agree":
        return _review(turn, turn.draft)
    wish = _wish(turn.draft)
    if turn.home is not None:
        subscriptions.follow(turn.desk, turn.home, wish)
        return Move(Reply(say("follow.done_chat"), menu.doors()), echo="", wipe=True)
    page = subscriptions.new_page()
    subscriptions.follow(turn.desk, page, wish)
    leave = (button("home", "quiet"),)
    link = f"/nhan/{page.address}"
    reply = Reply(say("follow.done_page"), leave, only_buttons=True, link=link)
    return Move(reply, echo="", wipe=True)


def manage(turn: Turn) -> Move:
    """Change, pause, go on."""
    following = _following(turn)
    if following is None or turn.home is None:
        return start(turn)
    if turn.choice == "change":
        return _ask_place({})
    if turn.choice in ("pause", "resume"):
        subscriptions.pause(turn.desk, turn.home, paused=turn.choice == "pause")
        text = say("follow.paused" if turn.choice == "pause" else "follow.resumed")
        other = "resume" if turn.choice == "pause" else "pause"
        return Move(Reply(text, (button(other), *_manage())), "follow.manage")
    return _show(turn, following)


def stop(turn: Turn) -> Move:
    """Stop at once: nothing is kept."""
    if turn.home is None:
        return Move(Reply(say("follow.stop_on_page"), menu.doors()))
    stopped = subscriptions.stop(turn.desk, turn.home)
    return Move(Reply(say("follow.stopped" if stopped else "follow.not_following"), menu.doors()))


def erase(turn: Turn) -> Move:
    """Everything about this chat goes: the subscription and what was said."""
    if turn.home is not None:
        subscriptions.stop(turn.desk, turn.home)
    text = say("follow.erased" if turn.home else "follow.erased_page")
    return Move(Reply(text, menu.doors()), echo="", wipe=True)


def sent(text: str) -> Reply:
    """A notice as subscribers get it."""
    return Reply(text, (button("tip"), button("check"), button("unfollow", "quiet")))


def tried(text: str) -> Reply:
    """A notice as its writer gets it, who only wants to see it."""
    return Reply(say("follow.preview", notice=text), menu.doors())


STEPS = {
    "follow.place": place,
    "follow.about": about,
    "follow.some": some,
    "follow.kind": kind,
    "follow.review": review,
    "follow.manage": manage,
}


def _following(turn: Turn) -> Following | None:
    return subscriptions.find(turn.desk, turn.home) if turn.home else None


def _leave() -> tuple[Choice, ...]:
    return (button("cancel", "quiet"),)


def _back(draft: Draft) -> tuple[Choice, ...]:
    """Out of the question for one more place: back to those chosen, so that they are not lost."""
    return (*((button("back", "quiet"),) if draft.get("communes") else ()), *_leave())


def _ask_place(draft: Draft, text: str = "") -> Move:
    return Move(places.question(text or say("follow.place"), _back(draft)), "follow.place", draft)


def _add_place(turn: Turn, code: str) -> Move:
    """A commune joins the list; a whole province does not: notices come from communes."""
    if code not in turn.desk.tools.gazetteer.communes:
        return _ask_place(turn.draft, say("follow.place_none"))
    chosen = list(dict.fromkeys([*turn.draft.get("communes", ()), code]))
    return _ask_about(turn, {**turn.draft, "communes": chosen[:COMMUNES_AT_MOST]})


def _ask_about(turn: Turn, draft: Draft) -> Move:
    text = say("follow.topics", places=_places(turn, draft["communes"]))
    choices: tuple[Choice, ...] = (button("all_topics", "primary"), button("some_topics"))
    if len(draft["communes"]) < COMMUNES_AT_MOST:
        choices = (*choices, button("more_places"))
    else:
        text += "\n" + say("follow.place_too_many", limit=str(COMMUNES_AT_MOST))
    return Move(Reply(text, choices + _leave(), only_buttons=True), "follow.about", draft)


def _ask_topics(draft: dict[str, Any]) -> Move:
    marks = {True: "☑", False: "☐"}
    choices = tuple(
        Choice(ABOUT + topic.id, f"{marks[topic.id in draft['topics']]} {topic.name}")
        for topic in topics()
    )
    if draft["topics"]:
        choices = (*choices, button("topics_done", "primary"))
    reply = Reply(say("follow.topics_some"), choices + _leave(), only_buttons=True)
    return Move(reply, "follow.some", draft, echo="")


def _ask_kind(draft: Draft) -> Move:
    choices = tuple(Choice(id_, say(f"audience.{id_}")) for id_ in AUDIENCES)
    reply = Reply(say("follow.kind"), choices + _leave(), only_buttons=True)
    return Move(reply, "follow.kind", draft)


def _review(turn: Turn, draft: Draft) -> Move:
    choices = (button("agree", "primary"), button("change"), *_leave())
    where, what, whom = _words(turn, _wish(draft))
    text = say("follow.review", places=where, topics=what, audience=whom)
    return Move(Reply(text, choices, only_buttons=True), "follow.review", draft)


def _show(turn: Turn, following: Following) -> Move:
    where, what, whom = _words(turn, following.wish)
    text = say("follow.now", places=where, topics=what, audience=whom)
    if following.paused:
        text += "\n\n" + say("follow.now_paused")
    first = button("resume" if following.paused else "pause")
    return Move(Reply(text, (first, *_manage())), "follow.manage")


def _manage() -> tuple[Choice, ...]:
    return button("change"), button("unfollow", "danger"), button("home", "quiet")


def _wish(draft: Draft) -> Wish:
    return Wish(tuple(draft["communes"]), tuple(draft["topics"]), str(draft["audience"]))


def _words(turn: Turn, wish: Wish) -> tuple[str, str, str]:
    """Places, topics and audience as people read them."""
    every = set(wish.topics) == set(topic_ids())
    named = "; ".join(topic_name(topic) for topic in wish.topics)
    what = say("follow.every_topic") if every else named
    return _places(turn, wish.communes), what, say(f"audience.{wish.audience}")


def _places(turn: Turn, codes: Sequence[str]) -> str:
    return "; ".join(places.name(turn, code) for code in codes)
