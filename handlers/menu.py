"""The start: six doors, and what we say to words we do not know."""

from handlers.chat import Choice, Reply
from handlers.flow import Move, Turn
from handlers.texts import ENGLISH, VIETNAMESE, language, say

DOORS = ("emergency", "tip", "check", "follow", "ask", "receipt")
CALLS = ("113", "114", "115", "111")
_STYLES = {"emergency": "danger", "tip": "primary"}


def button(name: str, style: str = "") -> Choice:
    """The button of this name; its label is text `button.<name>`."""
    return Choice(name, say(f"button.{name}"), style)  # type: ignore[arg-type] # style is one of Style


def doors() -> tuple[Choice, ...]:
    """The six doors."""
    return tuple(button(name, _STYLES.get(name, "")) for name in DOORS)


def start() -> tuple[Choice, ...]:
    """The six doors, and a way out of a language one does not read."""
    return (*doors(), other_language())


def other_language() -> Choice:
    """Whoever sees this button reads the language on it."""
    return button("tiengviet" if language() == ENGLISH else "english", "quiet")


def leave() -> tuple[Choice, ...]:
    """Out of a question: one step back, or all the way."""
    return button("back", "quiet"), button("cancel", "quiet")


def in_vietnamese(text: str) -> str:
    """A text that exists in Vietnamese alone; whoever reads another language is told so first."""
    return text if language() == VIETNAMESE else f"{say('menu.in_vietnamese')}\n\n{text}"


def calls(turn: Turn, text: str) -> tuple[str, ...]:
    """Numbers to show before anything else if this sounds as if somebody were in danger now."""
    judgement = turn.desk.tools.judge.judge(text)
    return tuple(dict.fromkeys((judgement.call or "113", "113"))) if judgement.urgent else ()


def hello(_turn: Turn) -> Move:
    """The first thing said."""
    return Move(Reply(say("menu.hello"), start()))


def home(_turn: Turn) -> Move:
    """Back to the start; what was typed is dropped."""
    return Move(Reply(say("menu.hello"), start()), echo="", wipe=True)


def cancel(_turn: Turn) -> Move:
    """Stop: what was typed is wiped."""
    return Move(Reply(say("menu.cancelled"), doors()), echo="", wipe=True)


def emergency(_turn: Turn) -> Move:
    """Numbers first."""
    buttons = (button("tip", "primary"), button("home", "quiet"))
    return Move(Reply(say("menu.emergency"), buttons, calls=CALLS))


def unknown(_turn: Turn) -> Move:
    """Words we do not know."""
    return Move(Reply(say("menu.unknown"), start()))


STEPS = {
    "home": home,
    "cancel": cancel,
    "emergency": emergency,
}
