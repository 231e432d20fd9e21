"""Notices of the library in the chat: a method explained, with its source, and what is near."""

from collections.abc import Iterable

from desk import drafts, library
from desk.library import Sample
from handlers import questions
from handlers.chat import Choice, Reply, Style
from handlers.flow import Turn
from handlers.menu import button, in_vietnamese
from handlers.texts import say

ABOUT = "method:"  # a button's id is this and the method's id


def see(method: str, style: Style = "") -> Choice:
    """The button to the notice of the method just found."""
    return Choice(ABOUT + method, say("button.see_method"), style)


def like(turn: Turn, methods: Iterable[str]) -> tuple[Choice, ...]:
    """Buttons to notices of methods that are only similar, each by its name."""
    names = turn.desk.tools.method_names
    return tuple(Choice(ABOUT + m, say("check.like", method=names[m])) for m in methods)


def find(choice: str) -> Sample | None:
    """The notice a button stands for."""
    return library.samples().get(choice.removeprefix(ABOUT)) if choice.startswith(ABOUT) else None


def show(turn: Turn, sample: Sample) -> Reply:
    """The notice, where it comes from, and where to go on."""
    old = "\n" + say("check.stale") if sample.stale(turn.desk.today) else ""
    text = in_vietnamese(f"{drafts.text_of(sample.words)}\n\n{sample.source_line}{old}")
    choices = (
        button("tip", "primary"),
        button("check"),
        *like(turn, sample.near),
        *questions.leading(turn, sample.faq),
        button("home", "quiet"),
    )
    return Reply(text, choices)
