"""The web chat as HTML: what a page shows, its templates, and its static files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.base import Payload
from bot.channels.render import called
from bot.channels.webchat_form import TEXT_UNITS, Form
from console.drawing import STATIC as CONSOLE
from handlers import menu
from handlers.texts import say, speaking

STATIC = "/chat/static/"
_FOLDER = Path(__file__).parent / "webchat"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

# Where "Thoát nhanh" goes: a page anybody may have open. Not ours to vouch for, so no referrer.
EXIT_URL = "https://www.google.com/search?q=th%E1%BB%9Di+ti%E1%BA%BFt"

_NUMBER = re.compile(r"\+?\d{3,12}")


@dataclass(frozen=True, slots=True)
class Line:
    """One bubble."""

    who: str  # bot | citizen
    said: Payload


@dataclass(frozen=True, slots=True)
class Static:
    """A file under a name that changes with its content."""

    url: str
    type: str
    body: bytes


class Pages:
    """Renders every page of the web chat."""

    def __init__(self, operator: str | None, *, photos: bool = False) -> None:
        """Read templates and files.

        Args:
            operator: who runs the channel; None makes every page say that it is a trial.
            photos: whether the pages may ask for photographs.
        """
        files = [path for path in _FOLDER.iterdir() if path.suffix in _TYPES]
        self.static = {path.name: _static(path) for path in (*files, CONSOLE / "picker.js")}
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(
            operator=operator,
            numbers=[(number, called(number)) for number in menu.CALLS],
            exit_url=EXIT_URL,
            text_units=TEXT_UNITS,
            photos=photos,
            static={name: file.url for name, file in self.static.items()},
        )
        self._templates.tests["number"] = lambda text: _NUMBER.fullmatch(text) is not None

    def welcome(self, form: Form, notice: str = "", commune: str = "") -> str:
        """The first page: what this is, who sees what, five doors and a field.

        Args: commune: whose printed code or page led here; subscribing to it is the first button.
        """
        start = {"doors": menu.doors(), "english": menu.other_language(), "commune": commune}
        return self._render("welcome.html", form, notice, **start)

    def chat(self, form: Form, lines: Sequence[Line], notice: str = "") -> str:
        """The conversation; only the last reply has buttons."""
        last = lines[-1].said
        main = [choice for choice in last.choices if choice.style != "quiet"]
        quiet = [choice for choice in last.choices if choice.style == "quiet"]
        with speaking(last.language):
            numbers = {number: called(number) for number in menu.CALLS}
            call = say("call.verb")
        return self._render(
            "chat.html",
            replace(form, text=form.text or last.fill),
            notice,
            earlier=lines[:-1],
            last=last,
            call=call,
            called=numbers,
            main=main,
            quiet=quiet,
            # A hint asks for words: one button beside it ("Không biết ở đâu") is the way out.
            typing_first=not main or (bool(last.hint) and len(main) == 1),
        )

    def again(self, form: Form, notice: str) -> str:
        """Nothing can be shown now: the same message is ready to be sent once more."""
        return self._render("again.html", form, notice)

    def _render(self, template: str, form: Form, notice: str, **shown: Any) -> str:  # noqa: ANN401 # whatever the template names
        page = self._templates.get_template(template)
        return page.render(form=form, notice=notice, **shown)


def _static(path: Path) -> Static:
    body = path.read_bytes()
    name = f"{path.stem}-{sha256(body).hexdigest()[:12]}{path.suffix}"
    return Static(STATIC + name, _TYPES[path.suffix], body)
