"""Kills a program again and again while citizens send tips to it, and keeps the books."""

import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.citizen import Citizen, NoAnswerError, PatientCitizen
from tests.program import Program

CITIZENS = 6
LOOK_UP = 3  # receipts opened by hand after each restart; all of them are at the end
GIVE_UP_EVERY = 6  # one citizen in so many walks away from a broken "Gửi tin này"
PRESS_TWICE_EVERY = 3


@dataclass
class Books:
    """What citizens know at the end."""

    receipts: dict[str, str] = field(default_factory=dict)  # receipt → the text it was given for
    abandoned: set[str] = field(default_factory=set)  # texts nobody got a receipt for
    interruptions: int = 0
    changed: list[str] = field(default_factory=list)  # a second press showed another receipt
    failures: list[BaseException] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """What a drill did."""

    kills: int
    both: int
    interruptions: int
    receipts: int
    abandoned: int
    seconds: float
    slowest_restart: float

    def __str__(self) -> str:
        """One line for people."""
        return (
            f"{self.kills} kills ({self.both} of PostgreSQL too) in {self.seconds:.0f} s: "
            f"{self.receipts} receipts, {self.interruptions} broken requests, "
            f"{self.abandoned} given up, slowest restart {self.slowest_restart:.1f} s"
        )


class Crowd:
    """Citizens who send one tip after another, each in a thread of their own."""

    def __init__(self, port: int, seed: int, citizens: int = CITIZENS) -> None:
        """Nobody sends anything yet."""
        self._port = port
        self.books = Books()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._live, args=(random.Random(f"{seed} {i}"), i))  # noqa: S311 # a repeatable drill
            for i in range(citizens)
        ]

    def start(self) -> None:
        """Everybody begins."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> Books:
        """Everybody finishes the tip they are at."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        return self.books

    def known(self) -> dict[str, str]:
        """Receipts seen so far."""
        with self._lock:
            return dict(self.books.receipts)

    def _live(self, chance: random.Random, who: int) -> None:
        number = 0
        try:
            while not self._stop.is_set():
                number += 1
                self._tell(chance, f"Có nhóm trộm xe máy số {who}.{number} ở chợ đêm qua")
        except BaseException as error:  # noqa: BLE001 # shown by the test
            self.books.failures.append(error)

    def _tell(self, chance: random.Random, text: str) -> None:
        gives_up = chance.randrange(GIVE_UP_EVERY) == 0
        sending = False
        citizen = PatientCitizen(self._port, lambda: not (gives_up and sending))
        citizen.review(text)
        sending = True
        try:
            receipt = citizen.confirm()
        except NoAnswerError:
            with self._lock:
                self.books.abandoned.add(text)
                self.books.interruptions += citizen.interruptions
            return
        gives_up = False
        again = ""
        if chance.randrange(PRESS_TWICE_EVERY) == 0:
            again = citizen.again().code
        with self._lock:
            self.books.receipts[receipt] = text
            self.books.interruptions += citizen.interruptions
            if again not in ("", receipt):
                self.books.changed.append(receipt)


def kill_while_sending(program: Program, crowd: Crowd, kinds: Sequence[bool], seed: int) -> Report:
    """Kill the program at random moments; True in `kinds` kills PostgreSQL as well.

    After each restart some receipts of this round are opened in a browser.
    """
    chance = random.Random(seed)  # noqa: S311 # a repeatable drill
    began = time.monotonic()
    slowest = 0.0
    opened: set[str] = set()
    crowd.start()
    try:
        for both in kinds:
            time.sleep(chance.uniform(0.1, 0.9))
            known = crowd.known()
            program.kill(postgres=both)
            slowest = max(slowest, program.start())
            fresh = [receipt for receipt in known if receipt not in opened][-LOOK_UP:]
            for receipt in fresh:
                page = Citizen(program.port).look_up(receipt)
                assert any("Tình trạng:" in line for line in page.lines), page.lines
            opened |= known.keys()
    finally:
        books = crowd.stop()
    return Report(
        len(kinds),
        sum(kinds),
        books.interruptions,
        len(books.receipts),
        len(books.abandoned),
        time.monotonic() - began,
        slowest,
    )
