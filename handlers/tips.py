"""Telling a tip, step by step: danger first, then what, where, a last look, and the receipt."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from desk import stations, tips
from desk.errors import NotReceivingError
from handlers import afterwards, disclosures, menu, photos, places, scope
from handlers.chat import Reply
from handlers.flow import Draft, Move, Turn
from handlers.menu import button
from handlers.texts import VIETNAMESE, language, say

_SENTENCE = 6  # words from which on an answer without a place's name is none misspelt


def start(turn: Turn) -> Move:
    """Danger comes before everything else, also for whoever simply began to write."""
    if turn.text and scope.is_opinion(turn, turn.text):  # what stood behind the command
        return scope.decline(turn, "tip.what", turn.draft)
    draft = {**turn.draft, "text": turn.text} if turn.text else turn.draft
    if draft.get("text") and menu.calls(turn, str(draft["text"])):
        return _after_text(turn, draft)
    return _warned(turn, _ask_danger(draft))


def danger(turn: Turn) -> Move:
    """The answer to "is anybody in danger now?"."""
    if turn.choice == "danger_yes":
        reply = Reply(
            say("tip.danger_yes"),
            (button("go_on", "primary"), button("cancel", "quiet")),
            calls=menu.CALLS,
        )
        return Move(reply, "tip.danger", {**turn.draft, "danger": True})
    written = turn.draft.get("text")
    if turn.choice in ("danger_no", "go_on"):
        return _after_text(turn, turn.draft) if written else _ask_what(turn.draft)
    if turn.text and written:
        return _after_text(turn, {**turn.draft, "text": f"{written}\n{turn.text}"})
    if turn.text:
        return what(turn)
    return _ask_danger(turn.draft)


def what(turn: Turn) -> Move:
    """What happened, in the citizen's words."""
    if turn.choice == "back":
        return _ask_danger(turn.draft)
    if turn.choice == "concrete":
        return _ask_what({**turn.draft, "concrete": True})
    if not turn.text:
        return _ask_what(turn.draft)
    if not turn.draft.get("concrete") and scope.is_opinion(turn, turn.text):
        return scope.decline(turn, "tip.what", turn.draft)
    return _after_text(turn, {**turn.draft, "text": turn.text})


def urgent(turn: Turn) -> Move:
    """The numbers have been shown; more words belong to the tip."""
    if turn.text:
        return _after_text(turn, {**turn.draft, "text": f"{turn.draft['text']}\n{turn.text}"})
    if turn.choice != "go_on":
        return _after_text(turn, {**turn.draft, "danger": False})
    return _to_place(turn, turn.draft)


def place(turn: Turn) -> Move:
    """Where it happened: a button, any old or new name, or where the telephone is."""
    draft = turn.draft
    match turn.choice:
        case "back":
            return _ask_what(draft)
        case "elsewhere":
            return places.ask(draft)
        case "unknown_place":
            return places.landmark(draft) if places.UNCLEAR in draft else _nowhere(turn)
    if turn.choice.startswith(places.AT):
        return _picked(turn)
    return _placed(turn, places.find) if turn.text or turn.incoming.at else places.ask(draft)


def hamlet(turn: Turn) -> Move:
    """Near what it happened, where one old name means several communes."""
    if turn.choice == "unknown_place":
        return _nowhere(turn)
    if turn.choice.startswith(places.AT):
        return _picked(turn)
    if not (turn.text or turn.incoming.at):
        return places.ask(turn.draft)
    return _placed(turn, places.narrow)


def review(turn: Turn) -> Move:
    """The last look before anything is sent."""
    draft = turn.draft
    match turn.choice:
        case "send":
            return _send(turn)
        case "edit_text":
            return _ask_what(draft)
        case "edit_place" | "back":
            return places.ask(draft)
        case "about_station" | "not_about_station":
            draft = {**draft, "about_station": turn.choice == "about_station"}
        case "drop_photos":
            draft = photos.without(draft)
        case "hide_me":
            draft = disclosures.hidden(draft)
    if turn.incoming.at:
        return _placed(turn, places.find)
    return _more(turn) if turn.text else _review(turn, draft)


STEPS = {
    "tip.start": start,
    "tip.danger": danger,
    "tip.what": what,
    "tip.urgent": urgent,
    "tip.place": place,
    "tip.hamlet": hamlet,
    "tip.after": afterwards.where,
    "tip.review": review,
}


def _ask_danger(draft: Draft) -> Move:
    choices = (button("danger_yes", "danger"), button("danger_no"), button("cancel", "quiet"))
    return Move(Reply(say("tip.danger"), choices), "tip.danger", draft)


def _ask_what(draft: Draft) -> Move:
    """What was written before stands in the field: changing a word is not writing it all again."""
    written = str(draft.get("text", ""))
    hint = say("tip.what_hint")
    reply = Reply(say("tip.what"), menu.leave(), hint=hint, fill=written, asks_photo=True)
    return Move(reply, "tip.what", draft)


def _after_text(turn: Turn, draft: Draft) -> Move:
    """The text is there: numbers to call if it sounds urgent, then the place."""
    if len(str(draft["text"])) > tips.TEXT_LIMIT:
        text = say("tip.too_long", limit=str(tips.TEXT_LIMIT))
        reply = Reply(text, menu.leave(), hint=say("tip.what_hint"))
        return Move(reply, "tip.what", turn.draft, echo="")
    calls = menu.calls(turn, str(draft["text"]))
    if calls and not draft.get("danger"):
        choices = (button("go_on", "primary"), button("cancel", "quiet"))
        reply = Reply(say("tip.urgent"), choices, calls=calls)
        return Move(reply, "tip.urgent", {**draft, "danger": True})
    return _to_place(turn, draft)


def _more(turn: Turn) -> Move:
    """Words instead of a button: the place, where that is open; otherwise they are the tip's."""
    if turn.draft.get("place_later"):
        found = places.locate(turn, turn.text)
        if found.code:
            return _chosen(turn, found.code, words=turn.text)
    return _after_text(turn, {**turn.draft, "text": f"{turn.draft['text']}\n{turn.text}"})


def _to_place(turn: Turn, draft: Draft) -> Move:
    if draft.get("place_known"):
        return _review(turn, draft)
    if draft.get("danger"):
        return _urgent_place(turn, draft)
    return places.suggest(turn, draft)


def _urgent_place(turn: Turn, draft: Draft) -> Move:
    """Nobody in danger is asked twice: what is not plain goes to the province, then we ask."""
    found = places.locate(turn, str(draft["text"]))
    if found.decision == "route" and found.code:
        return places.confirm(turn, found.code, draft)
    province = places.province_of(turn, found.candidates)
    if not province:
        return places.which_province(turn, draft)
    later = {"place": province, "place_known": True, "place_words": "", "place_later": True}
    return _review(turn, {**draft, **later})


def _placed(turn: Turn, find: Callable[[Turn, str], Move | str]) -> Move:
    """The last look if the place is plain now; otherwise the next question."""
    found = places.share(turn) if turn.incoming.at else find(turn, turn.text)
    if isinstance(found, Move):
        return _told_on(turn, found) if len(turn.text.split()) >= _SENTENCE else found
    return _chosen(turn, found, words=turn.text)


def _told_on(turn: Turn, asked: Move) -> Move:
    """A sentence that names no place goes on telling: people write one tip in several messages."""
    text = f"{turn.draft['text']}\n{turn.text}"
    in_danger = not turn.draft.get("danger") and menu.calls(turn, text)
    if in_danger or len(text) > tips.TEXT_LIMIT:
        return _after_text(turn, {**turn.draft, "text": text})
    if any(choice.id.startswith(places.AT) for choice in asked.reply.choices):
        return asked
    reply = replace(asked.reply, text=say("tip.place_told_on"))
    return replace(asked, reply=reply, draft={**asked.draft, "text": text})


def _picked(turn: Turn) -> Move:
    """A commune on a button, beside what was said to be near."""
    words = str(turn.draft.get(places.NEAR, ""))
    return _chosen(turn, turn.choice.removeprefix(places.AT), words)


def _nowhere(turn: Turn) -> Move:
    """Nobody knows the commune: the province's duty desk."""
    unclear: Mapping[str, Any] = turn.draft.get(places.UNCLEAR, {})
    province = places.province_of(turn, unclear.get("codes", ()))
    words = str(turn.draft.get(places.NEAR, ""))
    return _chosen(turn, province, words) if province else places.which_province(turn, turn.draft)


def _chosen(turn: Turn, code: str, words: str = "") -> Move:
    # The words go with this choice: those of an earlier one would name another place.
    found = {"place": code, "place_known": True, "place_words": words, "place_later": False}
    return _review(turn, {**places.without_guess(turn.draft), **found})


def _review(turn: Turn, draft: Draft) -> Move:
    about = bool(draft.get("about_station"))
    try:
        goal = stations.destination(turn.desk, draft.get("place"), about_station=about)
    except NotReceivingError:
        retry = (button("elsewhere", "primary"), button("cancel", "quiet"))
        again = {k: v for k, v in draft.items() if k not in ("place", "place_known")}
        return Move(Reply(say("tip.not_receiving"), retry, calls=("113",)), "tip.place", again)
    text = say(
        "tip.review_app" if turn.app else "tip.review",
        text=str(draft["text"]),
        place=places.typed(turn, draft.get("place"), str(draft.get("place_words", ""))),
        station=goal.station.name,
    )
    if about:
        text += "\n" + say("tip.review_about")
    taken = len(photos.held(draft))
    if taken:
        text += "\n\n" + say("photo.review", count=str(taken))
    later = bool(draft.get("place_later"))
    if later:
        text += "\n\n" + say("tip.review_urgent")
    warning = disclosures.warning(draft)
    text = f"{warning}\n\n{text}".lstrip()
    choices = (
        *((button("hide_me", "primary"),) if warning else ()),
        button("send", "" if warning else "primary"),
        button("edit_text"),
        button("edit_place"),
        button("not_about_station" if about else "about_station"),
        *((button("drop_photos"),) if taken else ()),
        button("cancel", "quiet"),
    )
    # A place that is still open may be written at once; otherwise buttons are all there is.
    reply = Reply(text, choices, only_buttons=not later, asks_place=later, asks_photo=True)
    return _warned(turn, Move(reply, "tip.review", draft))


def _warned(turn: Turn, move: Move) -> Move:
    """Before a tip is sent its writer knows, once, who else can read what is written here."""
    if not turn.app or move.draft.get("warned"):
        return move
    reply = replace(move.reply, text=f"{move.reply.text}\n\n{say('tip.app', app=turn.app)}")
    return replace(move, reply=reply, draft={**move.draft, "warned": True})


def _send(turn: Turn) -> Move:
    draft = turn.draft
    sent = tips.submit(
        turn.desk,
        tips.Draft(
            text=str(draft["text"]),
            place=draft.get("place"),
            place_words=str(draft.get("place_words", "")),
            about_station=bool(draft.get("about_station")),
            photos=photos.held(draft),
            readable=language() == VIETNAMESE,
        ),
    )
    if draft.get("place_later"):
        move = afterwards.ask(
            sent.receipt, f"{say('tip.sent', station=sent.station.name)}\n\n{say('tip.after')}"
        )
        calls = (sent.call or "113",)
        return replace(move, reply=replace(move.reply, calls=calls), echo="", wipe=True)
    reply = Reply(
        say("tip.sent", station=sent.station.name),
        (button("saved", "primary"),),
        calls=(sent.call or "113",) if sent.urgent else (),
        copy=sent.receipt,
        only_buttons=True,
    )
    return Move(reply, echo="", wipe=True)
