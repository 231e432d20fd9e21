"""What somebody wrote when their log-in had ended: back to them, to be sent once they are in again.

It lives in that page alone: no row, no file and no address holds it.
"""

from collections.abc import Mapping
from urllib.parse import quote

from console import drawing, protection
from console.facts import Facts
from console.visit import BASE, Route
from desk import logins

# Never written into a page again; a test compares them with the templates.
SECRETS = frozenset(
    {"password", "again", "old", "new", "code", "recovery", "secret", "carried", "group0", "group1"}
)


def is_worth(form: Mapping[str, str], cookie: str, guest: str) -> bool:
    """Whether somebody wrote this on a page of ours, before the log-in ended or just after."""
    ours = protection.has_token(form, cookie) or protection.has_token(form, guest)
    return ours and not SECRETS & form.keys() and any(_is_text(said) for said in form.values())


def draw(
    facts: Facts, route: Route, path: Mapping[str, str], form: Mapping[str, str], guest: str
) -> str:
    """The page with the form as it was sent, for the browser whose secret is `guest`."""
    fields = {name: said for name, said in form.items() if name != "csrf"}
    to = route.path.format(**{name: quote(part, safe="") for name, part in path.items()})
    values = {
        "action": f"{BASE}{to}",
        "fields": fields,
        "texts": [said for said in fields.values() if _is_text(said)],
        "csrf": logins.csrf_token(guest),
    }
    return drawing.draw_alone(facts, "kept.html", values)


def _is_text(said: str) -> bool:
    """Words of a person, not an id, a number or a choice of ours."""
    return not said.isascii() or " " in said.strip() or "\n" in said
