"""Draw a page: Jinja2 with everything escaped, and what every page shows besides its own."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from console import words
from console.facts import Facts
from console.visit import BASE, Show, Visit
from desk import kept, logins

HERE = Path(__file__).parent
STATIC = HERE / "static"
HTMX = "vendor/htmx.min.js"  # fetched by npm; the pages do without


@cache
def environment() -> Environment:
    """The templates. `StrictUndefined`: a forgotten value is an error, not a gap."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "hour": words.hour,
        "moment": words.moment,
        "thousands": words.thousands,
        "category": words.category,
        "role": words.ROLE_NAMES.__getitem__,
        "state": words.STATE_NAMES.__getitem__,
    }
    made.filters |= {"due": words.due, "day": words.day}
    made.globals |= {"clocks": words.CLOCK_NAMES}
    made.globals |= {"base": BASE, "htmx": HTMX if (STATIC / HTMX).exists() else ""}
    return made


def draw(visit: Visit, said: str, show: Show) -> str:
    """A page as HTML."""
    values: dict[str, object] = {
        "operator": visit.facts.operator,
        "me": visit.signed.officer if visit.signed else None,
        "station": visit.station,
        "may_invite": visit.signed.may_invite if visit.signed else False,
        "may_read": visit.signed.reads if visit.signed else False,
        "may_write": visit.signed.writes if visit.signed else False,
        "csrf": logins.form_token(
            visit.desk.tools, visit.browser, visit.signed.id if visit.signed else logins.NOBODY
        ),
        "unsent": kept.count(visit.desk, visit.signed) if visit.signed else 0,
        "alert": visit.alert,
        "said": said,
    }
    return _render(show.template, values | dict(show.values))


def draw_alone(facts: Facts, template: str, values: Mapping[str, object]) -> str:
    """A page that needs no database: errors."""
    nobody = dict.fromkeys(("me", "station", "may_invite", "may_read", "may_write"))
    plain = {"operator": facts.operator, "csrf": "", "alert": "", "said": "", "unsent": 0}
    return _render(template, nobody | plain | dict(values))


def _render(template: str, values: dict[str, object]) -> str:
    return environment().get_template(template).render(values)
