"""Every table, on one page.

What may be read of a tip without a key: its station, category, urgency, state, hour and clocks.
Everything a person wrote is sealed (`storage.vault`). No row of a tip holds an address, a hash of
one, an update id or a time finer than the hour. Ids are random and made by us, so that intake can
insert without reading back (row level security would refuse `RETURNING`).
"""
# long: one list of tables, read in one go

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    Text,
    text,
)
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING

_TIME = DateTime(timezone=True)


def _sequence() -> Column[int]:
    """A number the database hands out: order of arrival, never an id that leaves the table."""
    return Column("seq", BigInteger, Identity(always=True), nullable=False)


class Station(SQLModel, table=True):
    """A commune police station, or the police desk of a province.

    `code` is the official commune code (five digits) or province code (two digits). A station has
    keys only once its first officer has logged in; until then its tips go to the province.
    """

    code: str = Field(primary_key=True, sa_type=Text)
    kind: str = Field(sa_type=Text)  # commune | province
    name: str = Field(sa_type=Text)
    sort_key: str = Field(sa_type=Text)  # Vietnamese alphabetical order; C.UTF-8 puts đ after z
    province_code: str = Field(sa_type=Text, index=True)
    public_key: bytes | None = None
    recovery_key: bytes | None = None  # public half; on province rows only
    active_since: date | None = None


class StationKey(SQLModel, table=True):
    """A station's private key, wrapped to one holder.

    `holder` is `officer:<id>`, `invite:<SHA-256 of its token>`, `province` or `recovery`.
    """

    __tablename__ = "station_key"

    station_code: str = Field(primary_key=True, sa_type=Text, foreign_key="station.code")
    holder: str = Field(primary_key=True, sa_type=Text)
    wrapped: bytes


class Officer(SQLModel, table=True):
    """A person who works at a station.

    There is no password hash: the password opens `sealed_key`, or it does not.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    username: str = Field(unique=True, sa_type=Text)
    name: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)  # one of desk.roles.ROLES
    station_code: str = Field(sa_type=Text, foreign_key="station.code", index=True)
    state: str = Field(default="active", sa_type=Text)  # active | left
    salt: bytes
    public_key: bytes
    sealed_key: bytes  # private half, under the password key
    sealed_totp: bytes  # shared secret of the authenticator app, under the password key
    totp_step: int = Field(default=0, sa_type=BigInteger)  # last step used: a code works once
    failures: int = 0  # from browsers this officer has not logged in with (see KnownBrowser)
    locked_until: datetime | None = Field(default=None, sa_type=_TIME)  # to such browsers


class OfficerScope(SQLModel, table=True):
    """Which stations' tips an officer may see; row level security reads it."""

    __tablename__ = "officer_scope"

    officer_id: UUID = Field(primary_key=True, foreign_key="officer.id")
    station_code: str = Field(primary_key=True, sa_type=Text, foreign_key="station.code")


class Invite(SQLModel, table=True):
    """A one-time link for a new officer. The token itself is never stored."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_mac: bytes = Field(unique=True)
    public_key: bytes  # derived from the token: the station key can be wrapped to it beforehand
    # None: the very first officer of all, who picks the province
    station_code: str | None = Field(
        default=None, sa_type=Text, foreign_key="station.code", index=True
    )
    role: str = Field(sa_type=Text)
    invited_by: UUID | None = Field(default=None, foreign_key="officer.id")
    # not for a new colleague, but for this one, who lost their password
    resets: UUID | None = Field(default=None, foreign_key="officer.id")
    expires_at: datetime = Field(sa_type=_TIME)
    used: bool = False


class ResetRequest(SQLModel, table=True):
    """An officer asks that a colleague's log-in be made anew; another has to agree."""

    __tablename__ = "reset_request"

    officer_id: UUID = Field(primary_key=True, foreign_key="officer.id")
    asked_by: UUID = Field(foreign_key="officer.id")
    expires_at: datetime = Field(sa_type=_TIME)


class LoginSession(SQLModel, table=True):
    """A logged-in browser. The officer's key lies sealed under the cookie, which we do not have."""

    __tablename__ = "login_session"

    cookie_mac: bytes = Field(primary_key=True)
    officer_id: UUID = Field(foreign_key="officer.id", index=True)
    sealed_key: bytes
    expires_at: datetime = Field(sa_type=_TIME, index=True)


class KnownBrowser(SQLModel, table=True):
    """A browser an officer has logged in with: its wrong passwords are counted by themselves.

    Only the hash of its cookie is here, and nothing of what browser it is or where.
    """

    __tablename__ = "known_browser"

    cookie_mac: bytes = Field(primary_key=True)
    officer_id: UUID = Field(primary_key=True, foreign_key="officer.id")
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=_TIME)
    expires_at: datetime = Field(sa_type=_TIME, index=True)


class KeptForm(SQLModel, table=True):
    """What an officer sent when their log-in had ended: under a key that is wrapped to them.

    `id` is a keyed hash of it all, so that the same form sent twice is kept once.
    """

    __tablename__ = "kept_form"

    id: bytes = Field(primary_key=True)
    officer_id: UUID = Field(foreign_key="officer.id", index=True)
    kept_at: datetime = Field(sa_type=_TIME)
    month: str = Field(sa_type=Text)  # of the retention key
    enclosed: bytes
    sealed: bytes


class Tip(SQLModel, table=True):
    """What may be read of a tip without a key."""

    __table_args__ = (
        Index(
            "ix_tip_queue",
            *("station_code", text("urgent DESC"), "due_at", "received_hour", "id"),
            postgresql_where=text("state <> 'closed'"),
        ),
        Index(
            "ix_tip_escalated",
            *("province_code", text("urgent DESC"), "due_at", "received_hour", "id"),
            postgresql_where=text("escalated"),
        ),
        Index(
            "ix_tip_closed",
            *("station_code", text("closed_on DESC"), "id"),
            postgresql_where=text("state = 'closed'"),
        ),
        Index("ix_tip_flood", "flood", postgresql_where=text("flood IS NOT NULL")),
        Index("ix_tip_hour", "station_code", "received_hour"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    station_code: str = Field(sa_type=Text, foreign_key="station.code")
    province_code: str = Field(sa_type=Text, index=True)
    escalated: bool = False  # nobody opened an urgent tip in time: the province may see it too
    category: str = Field(sa_type=Text)
    urgent: bool
    state: str = Field(default="new", sa_type=Text)  # new | taken | waiting | answered | closed
    suspect: bool = False  # the machine takes it for spam: a tab of its own, and never hidden
    clock: str = Field(sa_type=Text)  # take | handle | hand_over | settle, as in `desk.clocks`
    due_at: datetime = Field(sa_type=_TIME)  # when that clock runs out: a full hour
    remind_on: date | None = None  # an officer wants to be reminded on that day
    formal_since: datetime | None = Field(default=None, sa_type=_TIME)  # full hour of that act
    extended: int = 0  # how often the time to settle was prolonged
    disposition: str | None = Field(default=None, sa_type=Text)
    received_hour: datetime = Field(sa_type=_TIME)
    flood: UUID | None = None  # of many tips of nearly the same text; says nothing of senders
    closed_on: date | None = None
    claimed_by: UUID | None = Field(default=None, foreign_key="officer.id")
    receipt_mac: bytes = Field(unique=True)
    month: str = Field(sa_type=Text, index=True)  # of the retention key that encloses its wraps


class TipWrap(SQLModel, table=True):
    """A tip's content key for one holder, enclosed by the retention key of the tip's month.

    `holder` is `station:<code>`, `province:<code>` or `receipt`.
    """

    __tablename__ = "tip_wrap"

    tip_id: UUID = Field(
        sa_column=Column(ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True)
    )
    holder: str = Field(primary_key=True, sa_type=Text)
    enclosed: bytes


class TipEntry(SQLModel, table=True):
    """One sealed line of a tip's timeline, numbered from 1."""

    __tablename__ = "tip_entry"

    tip_id: UUID = Field(
        sa_column=Column(ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True)
    )
    no: int = Field(primary_key=True)
    # tip | question | answer | addition | note | facts | reminder | transfer | formal | close
    kind: str = Field(sa_type=Text)
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    at_hour: datetime = Field(sa_type=_TIME)
    sealed: bytes


class TipPhoto(SQLModel, table=True):
    """A piece of a photograph that came with a tip; piece 0 is its small copy.

    Which photographs there are, and of how many pieces, stands sealed in the tip's timeline.
    """

    __tablename__ = "tip_photo"

    tip_id: UUID = Field(
        sa_column=Column(ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True)
    )
    photo: UUID = Field(primary_key=True)
    no: int = Field(primary_key=True)
    sealed: bytes


class TipMark(SQLModel, table=True):
    """What a tip's twins are found by: keyed hashes, unreadable once the period's key is gone."""

    __tablename__ = "tip_mark"

    tip_id: UUID = Field(
        sa_column=Column(ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True)
    )
    period: str = Field(sa_type=Text, index=True)  # of the key: its first day
    marks: bytes


class DraftPhoto(SQLModel, table=True):
    """A piece of a photograph that nobody has sent yet, sealed under the day's channel key."""

    __tablename__ = "draft_photo"

    photo: UUID = Field(primary_key=True)
    no: int = Field(primary_key=True)
    day: date = Field(index=True)
    sealed: bytes


class Alert(SQLModel, table=True):
    """Officers still have to be told that a tip waits. The row goes when somebody takes the tip."""

    tip_id: UUID = Field(
        sa_column=Column(ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True)
    )
    step: int = 0
    due_at: datetime = Field(sa_type=_TIME, index=True)


class Inbox(SQLModel, table=True):
    """An incoming message, durable before it is acknowledged. Wiped as soon as it is dealt with."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    seq: int | None = Field(default=None, sa_column=_sequence())
    channel: str = Field(sa_type=Text)
    address_mac: bytes = Field(index=True)
    dedupe_mac: bytes = Field(unique=True)
    day: date  # of the channel key
    state: str = Field(default="new", sa_type=Text, index=True)  # new | done | quarantined
    attempts: int = 0
    fault: str | None = Field(default=None, sa_type=Text)  # type of error and names of fields only
    sealed: bytes | None = None


class Conversation(SQLModel, table=True):
    """Where a chat stands: flow, step, draft and the last lines, sealed under the day's key."""

    address_mac: bytes = Field(primary_key=True)
    channel: str = Field(sa_type=Text)
    day: date = Field(index=True)
    sealed: bytes


class Outbox(SQLModel, table=True):
    """Something that must go out: written with the decision, sent by one loop afterwards."""

    __table_args__ = (
        Index(
            "ix_outbox_unfinished",
            "address_mac",
            "seq",
            postgresql_where=text("state IN ('due', 'sending')"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    seq: int | None = Field(default=None, sa_column=_sequence())
    channel: str = Field(sa_type=Text)
    address_mac: bytes
    day: date
    state: str = Field(default="due", sa_type=Text)  # due | sending | sent | failed
    due_at: datetime = Field(sa_type=_TIME, index=True)
    lease_until: datetime | None = Field(default=None, sa_type=_TIME)
    attempts: int = 0
    doubts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # may have arrived
    outcome: str | None = Field(default=None, sa_type=Text)
    sealed: bytes | None = None


class AuditEntry(SQLModel, table=True):
    """Who did what. Each entry carries the hash of the one before it."""

    __tablename__ = "audit"

    no: int = Field(primary_key=True, sa_type=BigInteger)
    at: datetime = Field(sa_type=_TIME)
    officer_id: UUID | None = None
    station_code: str | None = Field(default=None, sa_type=Text, index=True)
    action: str = Field(sa_type=Text)
    tip_id: UUID | None = Field(default=None, index=True)
    # words of the program, never of a person
    detail: str = Field(default="", sa_type=Text, index=True)
    previous: bytes
    hash: bytes


class Counter(SQLModel, table=True):
    """How often something happened on a day, where nothing else of it may be kept."""

    day: date = Field(primary_key=True)
    name: str = Field(primary_key=True, sa_type=Text)
    n: int = 0


class SendBudget(SQLModel, table=True):
    """When the next message of a bot's token may go, shared by every process that sends with it."""

    __tablename__ = "send_budget"

    name: str = Field(primary_key=True, sa_type=Text)
    fence: int = Field(sa_type=BigInteger)  # of the sender's lease: an older sender gets nothing
    free_at: datetime = Field(sa_type=_TIME)  # what lies before it is taken
    pace: float = 1.0  # share of the allowed rate: less after every "too many requests"
    paced_at: datetime = Field(sa_type=_TIME)


class DutyChat(SQLModel, table=True):
    """A chat in which officers of a station hear that something waits; its address is sealed."""

    __tablename__ = "duty_chat"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    station_code: str = Field(sa_type=Text, foreign_key="station.code", index=True)
    channel: str = Field(sa_type=Text)
    address_mac: bytes = Field(unique=True)
    sealed: bytes
    since: date


class DutyCode(SQLModel, table=True):
    """A one-time code that makes a chat a station's; the code itself is never stored."""

    __tablename__ = "duty_code"

    code_mac: bytes = Field(primary_key=True)
    station_code: str = Field(sa_type=Text, foreign_key="station.code")
    expires_at: datetime = Field(sa_type=_TIME)


class Lease(SQLModel, table=True):
    """Which process does a job that only one may do."""

    name: str = Field(primary_key=True, sa_type=Text)
    owner: UUID
    fence: int = Field(default=0, sa_type=BigInteger)
    until: datetime = Field(sa_type=_TIME)


class DutyHours(SQLModel, table=True):
    """When somebody is on duty at a station on a day of the week. No row at all: always."""

    __tablename__ = "duty_hours"

    station_code: str = Field(primary_key=True, sa_type=Text, foreign_key="station.code")
    weekday: int = Field(primary_key=True, sa_type=SmallInteger)  # 0 is Monday
    opens: int = Field(sa_type=SmallInteger)  # minutes after midnight in Việt Nam
    shuts: int = Field(sa_type=SmallInteger)  # 1440: midnight; before `opens`: next day


class StationContact(SQLModel, table=True):
    """How citizens reach a station, as its people last confirmed it."""

    __tablename__ = "station_contact"

    station_code: str = Field(primary_key=True, sa_type=Text, foreign_key="station.code")
    duty_phone: str = Field(default="", sa_type=Text)
    address: str = Field(default="", sa_type=Text)
    checked_on: date


class Hamlet(SQLModel, table=True):
    """A hamlet as its commune lists it: decides where a commune that was divided went."""

    commune_code: str = Field(primary_key=True, sa_type=Text, foreign_key="station.code")
    # the old commune it lay in, as the gazetteer calls it; empty: the list does not say
    former: str = Field(default="", primary_key=True, sa_type=Text)
    name: str = Field(primary_key=True, sa_type=Text)


class Reroute(SQLModel, table=True):
    """A tip that officers sent elsewhere, as an example of what was read wrongly.

    Nothing leads from it to the tip: no id, no words of the text, and a month in place of a day.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    month: str = Field(sa_type=Text)
    from_code: str = Field(sa_type=Text)
    to_code: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)  # of the router
    pattern: str = Field(sa_type=Text)  # kinds of words only: "xã N N, huyện N N"


class Correction(SQLModel, table=True):
    """A tip whose category an officer corrected, as an example to learn from.

    Nothing leads from it to the tip: no id, no station, no words but keyed hashes of common ones,
    and a month in place of a day.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    month: str = Field(sa_type=Text)
    label: str = Field(sa_type=Text)
    features: bytes  # 64-bit hashes, sorted


class Subscriber(SQLModel, table=True):
    """Somebody who wants notices: where to send them, and nothing of who that is.

    The address is sealed under a key that no backup of the database holds, and found by HMAC under
    the same key. Stopping deletes the row.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    channel: str = Field(sa_type=Text)
    address_mac: bytes = Field(unique=True)
    sealed: bytes
    audience: str = Field(sa_type=Text)  # household | office | business | school
    topics: list[str] = Field(sa_type=ARRAY(Text))
    paused: bool = False
    since: date


class Subscription(SQLModel, table=True):
    """A commune whose notices a subscriber wants. Its key is the order in which they are sent."""

    channel: str = Field(primary_key=True, sa_type=Text)
    commune_code: str = Field(primary_key=True, sa_type=Text)
    subscriber_id: UUID = Field(
        sa_column=Column(
            ForeignKey("subscriber.id", ondelete="CASCADE"), primary_key=True, index=True
        )
    )


class Notice(SQLModel, table=True):
    """A warning to citizens, in four parts, written by one officer and approved by another."""

    __table_args__ = (Index("ix_notice_state", "state", "publish_at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    station_code: str = Field(sa_type=Text, foreign_key="station.code", index=True)
    province_code: str = Field(sa_type=Text)
    # draft | waiting | scheduled | published | recalled
    state: str = Field(default="draft", sa_type=Text)
    revision: int = 1  # grows with every change: what was approved is what was read
    title: str = Field(sa_type=Text)
    trick: str = Field(sa_type=Text)
    signs: str = Field(sa_type=Text)
    todo: str = Field(sa_type=Text)
    contact: str = Field(sa_type=Text)
    topic: str = Field(sa_type=Text)
    only_topic: bool = False  # to those who chose the topic, not to the whole commune
    audience: str | None = Field(default=None, sa_type=Text)
    communes: list[str] = Field(sa_type=ARRAY(Text))
    preview_code: str = Field(unique=True, sa_type=Text)
    remark: str = Field(default="", sa_type=Text)  # why the approver gave it back
    written_by: UUID = Field(foreign_key="officer.id")
    approved_by: UUID | None = Field(default=None, foreign_key="officer.id")
    written_at: datetime = Field(sa_type=_TIME)
    publish_at: datetime | None = Field(default=None, sa_type=_TIME)
    expires_on: date
    recalled_at: datetime | None = Field(default=None, sa_type=_TIME)
    recall_reason: str = Field(default="", sa_type=Text)


class Campaign(SQLModel, table=True):
    """One act of sending a notice, or of taking it back, on one channel."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    notice_id: UUID = Field(foreign_key="notice.id", index=True)
    channel: str = Field(sa_type=Text)
    recalls: UUID | None = Field(default=None, foreign_key="campaign.id")
    # running | paused | stopped | expired | done
    state: str = Field(default="running", sa_type=Text, index=True)
    begins_at: datetime = Field(sa_type=_TIME)
    # the last subscriber for whom a chunk was planned
    cursor_commune: str = Field(default="", sa_type=Text)
    cursor_subscriber: UUID
    planned: bool = False  # every recipient is in a chunk
    chunks: int = 0
    begun_at: datetime | None = Field(default=None, sa_type=_TIME)
    ended_at: datetime | None = Field(default=None, sa_type=_TIME)


class Chunk(SQLModel, table=True):
    """Recipients of a campaign between two ids: one process at a time works on it."""

    __table_args__ = (
        Index("ix_chunk_open", "campaign_id", "no", postgresql_where=text("state = 'open'")),
    )

    campaign_id: UUID = Field(
        sa_column=Column(ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    )
    no: int = Field(primary_key=True)
    commune_code: str = Field(sa_type=Text)
    after: UUID  # exclusive
    upto: UUID  # inclusive
    state: str = Field(default="open", sa_type=Text)  # open | done
    owner: UUID | None = None
    lease_until: datetime | None = Field(default=None, sa_type=_TIME)
    sent: int = 0
    gone: int = 0
    failed: int = 0
    ambiguous: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    repeated: int = 0  # sent once more, silently, because nobody knew whether it had arrived


class SendWindow(SQLModel, table=True):
    """Written before anything between two ids is sent (`about_to_send`), or to say it was not.

    After a crash a recipient without a delivery may have been reached only if the newest window
    around them says `about_to_send`.
    """

    __tablename__ = "send_window"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "chunk_no"], ["chunk.campaign_id", "chunk.no"], ondelete="CASCADE"
        ),
    )

    campaign_id: UUID = Field(primary_key=True)
    chunk_no: int = Field(primary_key=True)
    no: int = Field(primary_key=True)
    after: UUID  # exclusive
    upto: UUID  # inclusive
    about_to_send: bool


class Delivery(SQLModel, table=True):
    """How one copy for one subscriber ended. The id outlives the subscriber and leads nowhere.

    No foreign key: PostgreSQL checks it row by row, which took as long as storing 5,000 rows.
    Inserting (`storage/deliveries.py`) checks once, and whoever deletes a campaign deletes these.
    """

    campaign_id: UUID = Field(primary_key=True)
    subscriber_id: UUID = Field(primary_key=True)
    # sent | repeated (and an earlier copy may have arrived) | gone | failed | ambiguous (nobody
    # knows whether it arrived)
    status: str = Field(sa_type=Text)
    message_id: str = Field(default="", sa_type=Text)  # to take it back


class QuestionMiss(SQLModel, table=True):
    """A question the chat could not answer on a day: words of its own vocabulary, and no others."""

    __tablename__ = "question_miss"

    key: str = Field(primary_key=True, sa_type=Text)  # the same words in any order, without marks
    day: date = Field(primary_key=True)
    words: str = Field(sa_type=Text)  # as they followed each other


class QuestionAlias(SQLModel, table=True):
    """What an officer said such a question means: a wording, used without a training."""

    __tablename__ = "question_alias"

    key: str = Field(primary_key=True, sa_type=Text)
    intent: str = Field(sa_type=Text)
    added_on: date


class LocalWordChange(SQLModel, table=True):
    """A local word that was taught, or taken back (no meaning). What was said last counts.

    Rows are only added: the number of the last one is the version of the whole list.
    """

    __tablename__ = "local_word"

    version: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    word: str = Field(sa_type=Text)
    meaning: str | None = Field(default=None, sa_type=Text)
    officer_id: UUID = Field(foreign_key="officer.id")
    at: datetime = Field(sa_type=_TIME)
