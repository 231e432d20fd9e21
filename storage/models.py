"""Every table, on one page.

What may be read of a tip without a key: its station, category, urgency, state, hour and clocks.
Everything a person wrote is sealed (`storage.vault`). No row of a tip holds an address, a hash of
one, an update id or a time finer than the hour. Ids are random and made by us, so that intake can
insert without reading back (row level security would refuse `RETURNING`).
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Identity, Index, Text, text
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

    `holder` is `officer:<id>`, `invite:<id>`, `province` or `recovery`.
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
    role: str = Field(sa_type=Text)  # officer | chief | province
    station_code: str = Field(sa_type=Text, foreign_key="station.code", index=True)
    state: str = Field(default="active", sa_type=Text)  # active | left
    salt: bytes
    public_key: bytes
    sealed_key: bytes  # private half, under the password key
    sealed_totp: bytes  # shared secret of the authenticator app, under the password key
    totp_step: int = Field(default=0, sa_type=BigInteger)  # last step used: a code works once
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=_TIME)


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
    expires_at: datetime = Field(sa_type=_TIME)
    used: bool = False


class LoginSession(SQLModel, table=True):
    """A logged-in browser. The officer's key lies sealed under the cookie, which we do not have."""

    __tablename__ = "login_session"

    cookie_mac: bytes = Field(primary_key=True)
    officer_id: UUID = Field(foreign_key="officer.id", index=True)
    sealed_key: bytes
    expires_at: datetime = Field(sa_type=_TIME, index=True)


class Tip(SQLModel, table=True):
    """What may be read of a tip without a key."""

    __table_args__ = (
        Index("ix_tip_queue", "station_code", "state", text("urgent DESC"), "received_hour", "id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    station_code: str = Field(sa_type=Text, foreign_key="station.code")
    province_code: str = Field(sa_type=Text, index=True)
    escalated: bool = False  # nobody opened an urgent tip in time: the province may see it too
    category: str = Field(sa_type=Text)
    urgent: bool
    state: str = Field(default="new", sa_type=Text)  # new | taken | waiting | answered | closed
    disposition: str | None = Field(default=None, sa_type=Text)
    received_hour: datetime = Field(sa_type=_TIME)
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
    kind: str = Field(sa_type=Text)  # tip | question | answer | addition | note | transfer | close
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    at_hour: datetime = Field(sa_type=_TIME)
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

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    seq: int | None = Field(default=None, sa_column=_sequence())
    channel: str = Field(sa_type=Text)
    address_mac: bytes
    day: date
    state: str = Field(default="due", sa_type=Text)  # due | sending | sent | failed
    due_at: datetime = Field(sa_type=_TIME, index=True)
    lease_until: datetime | None = Field(default=None, sa_type=_TIME)
    attempts: int = 0
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
    detail: str = Field(default="", sa_type=Text)  # words of the program, never of a person
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
