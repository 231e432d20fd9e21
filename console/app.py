"""The console: every route on one page, and who may use it."""

from concurrent.futures import Executor
from functools import partial

from aiohttp import web

from console import (
    account,
    assignment,
    audit,
    channels,
    corrections,
    drafting,
    floods,
    formal,
    hours,
    join,
    kept,
    localwords,
    login,
    lost,
    notices,
    officers,
    page,
    photos,
    prints,
    questions,
    queue,
    recovery,
    reminders,
    search,
    tips,
    twins,
    walkins,
)
from console.drawing import STATIC
from console.facts import Facts
from console.visit import Route
from desk import roles
from desk.desk import Office

ANYONE: frozenset[str] = frozenset()
SIGNED = frozenset(roles.ROLES)
OFFICERS = roles.READERS
WRITERS = roles.WRITERS
INVITERS = roles.LEADERS
PROVINCE = frozenset({"province"})

# Officers see only tips of their own scope, whatever the route lets in: others are 404.
ROUTES = (
    Route("GET", "/login", login.show, ANYONE),
    Route("POST", "/login", login.sign_in, ANYONE, again=login.show),
    Route("POST", "/logout", login.sign_out, SIGNED, early=True),
    Route("GET", "/join/{token}", join.show, ANYONE),
    Route("POST", "/join/{token}", join.join, ANYONE, again=join.show),
    Route("GET", "/reset/{token}", lost.form, ANYONE),
    Route("POST", "/reset/{token}", lost.renew, ANYONE, again=lost.form),
    Route("GET", "/lost", lost.show, SIGNED),
    Route("POST", "/lost", lost.ask, SIGNED, again=lost.show),
    Route("POST", "/lost/approve", lost.approve, SIGNED, again=lost.show),
    Route("GET", "/recovery", recovery.show, PROVINCE, early=True),
    Route("POST", "/recovery", recovery.go_on, PROVINCE, again=recovery.show, early=True),
    Route("GET", "", login.home, SIGNED),
    Route("GET", "/", login.home, SIGNED),
    Route("GET", "/queue", queue.show, OFFICERS),
    Route("GET", "/walk-in", walkins.show, OFFICERS),
    Route("POST", "/walk-in", walkins.enter, OFFICERS, again=walkins.show),
    Route("GET", "/search", search.show, OFFICERS),
    Route("POST", "/search", search.find, OFFICERS, again=search.show),
    Route("GET", "/tips/{tip}", tips.show, OFFICERS),
    Route("GET", "/tips/{tip}/photos/{photo}", photos.show, OFFICERS),
    Route("GET", "/tips/{tip}/slip", prints.slip, OFFICERS),
    Route("GET", "/tips/{tip}/record", prints.record, OFFICERS),
    Route("POST", "/tips/{tip}/claim", tips.claim, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/ask", tips.ask, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/note", tips.note, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/transfer", tips.transfer, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/close", tips.close, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/twins", twins.close, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/flood", floods.close, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/facts", corrections.facts, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/category", corrections.category, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/urgency", corrections.urgency, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/place", corrections.place, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/not-spam", corrections.not_spam, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/assign", assignment.assign, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/release", assignment.release, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/remind", reminders.put, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/reminded", reminders.done, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/accept", formal.accept, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/hand-over", formal.hand_over, OFFICERS, again=tips.show),
    Route("POST", "/tips/{tip}/extend", formal.extend, OFFICERS, again=tips.show),
    Route("GET", "/notices", notices.listed, WRITERS),
    Route("GET", "/notices/new", drafting.new, WRITERS),
    Route("POST", "/notices/new", drafting.create, WRITERS, again=drafting.new),
    Route("GET", "/notices/{notice}", notices.show, WRITERS),
    Route("GET", "/notices/{notice}/edit", drafting.edit, WRITERS),
    Route("POST", "/notices/{notice}/edit", drafting.change, WRITERS, again=drafting.edit),
    Route("POST", "/notices/{notice}/submit", notices.submit, WRITERS, again=notices.show),
    Route("POST", "/notices/{notice}/approve", notices.approve, OFFICERS, again=notices.show),
    Route("POST", "/notices/{notice}/back", notices.give_back, WRITERS, again=notices.show),
    Route("POST", "/notices/{notice}/recall", notices.recall, WRITERS, again=notices.show),
    Route("POST", "/notices/{notice}/pause", notices.pause, WRITERS, again=notices.show),
    Route("POST", "/notices/{notice}/resume", notices.resume, WRITERS, again=notices.show),
    Route("POST", "/notices/{notice}/stop", notices.stop, WRITERS, again=notices.show),
    Route("GET", "/channels", channels.show, WRITERS),
    Route("GET", "/questions", questions.show, WRITERS),
    Route("POST", "/questions/teach", questions.teach, PROVINCE, again=questions.show),
    Route("POST", "/questions/drop", questions.drop, PROVINCE, again=questions.show),
    Route("GET", "/words", localwords.show, roles.ABOVE),
    Route("POST", "/words", localwords.add, roles.ABOVE, again=localwords.show),
    Route("POST", "/words/effect", localwords.effect, roles.ABOVE, again=localwords.show),
    Route("POST", "/words/remove", localwords.remove, roles.ABOVE, again=localwords.show),
    Route("GET", "/officers", officers.show, INVITERS),
    Route("POST", "/officers/leave", officers.leave, INVITERS, again=officers.show),
    Route("GET", "/hours", hours.show, INVITERS),
    Route("POST", "/hours", hours.put, INVITERS, again=hours.show),
    Route("GET", "/kept", kept.show, SIGNED),
    Route("POST", "/kept/drop", kept.drop, SIGNED),
    Route("GET", "/password", account.show, SIGNED),
    Route("POST", "/password", account.change, SIGNED, again=account.show),
    Route("GET", "/audit", audit.show, INVITERS),
    Route("POST", "/audit", audit.verify, roles.ABOVE),
    Route("POST", "/officers/invite", officers.invite, INVITERS, again=officers.show),
    Route("POST", "/officers/group", officers.group_code, INVITERS, again=officers.show),
    Route("POST", "/officers/group/cut", officers.cut_group, INVITERS, again=officers.show),
)


def build(office: Office, workers: Executor, slow: Executor, facts: Facts) -> web.Application:
    """The console as an application to be mounted at /desk.

    Args:
        office: opens desks.
        workers: threads that run pages, no more than the database pool has connections.
        slow: one or two threads for what takes long: password keys, half a second and 256 MiB
            each, files that are drawn, the effect of a local word.
        facts: where the console runs.
    """
    pages = page.Pages(office, workers, slow, facts)
    app = web.Application(middlewares=[page.guard(facts)])
    for route in ROUTES:
        app.router.add_route(route.method, route.path, partial(pages.handle, route))
    app.router.add_static("/static", STATIC)
    return app
