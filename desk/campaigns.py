"""Campaigns: what sends a notice from its hour to its last day; paused, stopped and recalled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from desk import audit, broadcasts
from desk.desk import Desk
from desk.errors import NoticeExpiredError, WrongStepError
from desk.officers import Signed
from desk.subscriptions import PAGE
from storage import campaigns, notices
from storage.campaigns import FIRST
from storage.models import Campaign, Notice

# Longer than a sender needs to see that a campaign was stopped: nothing is sent after its recall.
RECALL_AFTER = timedelta(seconds=15)
KEEP = timedelta(days=30)  # deliveries, for taking back; then they go

_STEPS = {
    "pause": (("running",), "paused"),
    "resume": (("paused",), "running"),
    "stop": (("running", "paused"), "stopped"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is. `recalls`: it takes back what another one sent."""

    channel: str
    state: str
    recalls: bool
    sent: int
    gone: int
    failed: int
    ambiguous: int  # nobody knows whether they arrived
    repeated: int
    begun_at: datetime | None
    ended_at: datetime | None


def sweep(desk: Desk) -> int:
    """What the clock does to notices; returns how many it published.

    Of those whose hour has come pages show the text and campaigns begin. Campaigns whose notice is
    past its last day end, as do recalls nothing could be done about for as long as deliveries are
    kept, and what those that ended early leave in doubt is written down.
    """
    due = notices.due(desk.session, desk.at)
    for notice in due:
        notices.published(desk.session, notice.id)
        _begin(desk, notice)
        audit.record(desk, "notice.published", station=notice.station_code, detail=str(notice.id))
    for over, station in campaigns.end_expired(desk.session, desk.at, desk.today):
        audit.record(desk, "campaign.expired", station=station, detail=str(over))
    campaigns.end_recalls(desk.session, desk.at, desk.at - KEEP)
    broadcasts.give_up(desk)
    return len(due)


def is_over(desk: Desk, notice: Notice) -> bool:
    """Whether the last day of a notice has passed in Việt Nam: nobody gets it any more."""
    return notice.expires_on < desk.today


def command(desk: Desk, signed: Signed, notice: Notice, step: str) -> None:
    """Pause, resume or stop; senders look once a second.

    Raises:
        WrongStepError: nothing of this notice is at that point.
        NoticeExpiredError: it is past its last day, so nothing goes on.
    """
    if step == "resume" and is_over(desk, notice):
        raise NoticeExpiredError
    from_states, state = _STEPS[step]
    ended = desk.at if step == "stop" else None
    if not campaigns.change_state(desk.session, notice.id, from_states, state, ended):
        raise WrongStepError
    audit.record(
        desk,
        f"campaign.{state}",
        officer=signed.id,
        station=notice.station_code,
        detail=str(notice.id),
    )


def recall(desk: Desk, notice: UUID) -> None:
    """Stop sending, and take back on every channel what was sent."""
    campaigns.change_state(desk.session, notice, ("running", "paused"), "stopped", desk.at)
    for sent in campaigns.of_notice(desk.session, notice):
        if sent.recalls is None:
            back = Campaign(
                notice_id=notice,
                channel=sent.channel,
                recalls=sent.id,
                begins_at=desk.at + RECALL_AFTER,
                cursor_subscriber=FIRST,
            )
            campaigns.put(desk.session, back)


def progress(desk: Desk, notice: UUID) -> list[Progress]:
    """Every campaign of a notice with its counts."""
    return [_progress(desk, row) for row in campaigns.of_notice(desk.session, notice)]


def forget_old(desk: Desk) -> int:
    """Deliveries of campaigns long ended go; returns how many campaigns went."""
    return campaigns.drop_old(desk.session, desk.at - KEEP)


def _begin(desk: Desk, notice: Notice) -> None:
    """One campaign per channel; pages of pull channels show the notice by themselves."""
    for channel in campaigns.channels(desk.session, notice.communes):
        if channel != PAGE:
            row = Campaign(
                notice_id=notice.id,
                channel=channel,
                begins_at=desk.at,
                cursor_subscriber=FIRST,
            )
            campaigns.put(desk.session, row)


def _progress(desk: Desk, row: Campaign) -> Progress:
    done = campaigns.totals(desk.session, row.id)
    return Progress(
        row.channel,
        row.state,
        row.recalls is not None,
        done.sent,
        done.gone,
        done.failed,
        done.ambiguous,
        done.repeated,
        row.begun_at,
        row.ended_at,
    )
