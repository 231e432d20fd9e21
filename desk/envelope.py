"""The envelope of a tip: who can open it, and how its lines are sealed.

A tip has a random content key. The key is wrapped to each holder and every wrap is enclosed by the
month's retention key, which no database backup holds: without `var/keys` nothing opens, and a
destroyed month stays shut in backups too.
"""

import json
from typing import Any
from uuid import UUID

from storage import vault
from storage.keyring import Keyring

RECEIPT = "receipt"


def station_holder(code: str) -> str:
    """The commune station that holds a tip."""
    return f"station:{code}"


def province_holder(code: str) -> str:
    """The duty desk of a province."""
    return f"province:{code}"


def receipt_public_key(receipt: str) -> bytes:
    """What the content key is wrapped to for the holder of a receipt (its 17 symbols)."""
    return vault.pair_from_secret(receipt.encode(), "receipt wrap").public


def receipt_private_key(receipt: str) -> bytes:
    """What opens that wrap: nobody who lacks the receipt can make it."""
    return vault.pair_from_secret(receipt.encode(), "receipt wrap").private


def receipt_mac(keyring: Keyring, receipt: str) -> bytes:
    """What a receipt is found by."""
    return vault.mac(keyring.receipt, receipt.encode())


def wrap(
    keyring: Keyring, month: str, tip_id: UUID, key: bytes, holders: dict[str, bytes]
) -> dict[str, bytes]:
    """Holder → enclosed wrap of the content key, for holders given as holder → public key."""
    retention = keyring.retention(month)
    return {
        holder: vault.enclose(retention, vault.wrap(public, key), _wrap_context(tip_id, holder))
        for holder, public in holders.items()
    }


def unwrap(
    keyring: Keyring, month: str, tip_id: UUID, holder: str, enclosed: bytes, private: bytes
) -> bytes:  # one place only: all of it names which wrap this is
    """The content key.

    Raises:
        storage.keyring.KeyGoneError: the month was shredded.
        storage.vault.SealError: not this holder's wrap.
    """
    retention = keyring.retention_of(month)
    return vault.unwrap(private, vault.disclose(retention, enclosed, _wrap_context(tip_id, holder)))


def enclose_anew(
    keyring: Keyring, old: str, new: str, tip_id: UUID, wraps: dict[str, bytes]
) -> dict[str, bytes]:
    """Move wraps from one month's retention key to another's, without opening them."""
    opened = keyring.retention_of(old)
    closing = keyring.retention(new)
    return {
        holder: vault.enclose(
            closing,
            vault.disclose(opened, enclosed, _wrap_context(tip_id, holder)),
            _wrap_context(tip_id, holder),
        )
        for holder, enclosed in wraps.items()
    }


def seal(key: bytes, tip_id: UUID, no: int, kind: str, content: dict[str, Any]) -> bytes:
    """Seal one line of the timeline; it opens only as this line of this tip."""
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return vault.seal(key, data, _entry_context(tip_id, no, kind))


def unseal(key: bytes, tip_id: UUID, no: int, kind: str, sealed: bytes) -> dict[str, Any]:
    """What `seal` was given; raises `storage.vault.SealError`."""
    content: dict[str, Any] = json.loads(
        vault.unseal(key, sealed, _entry_context(tip_id, no, kind))
    )
    return content


def seal_piece(key: bytes, tip_id: UUID, photo: UUID, place: tuple[int, int], data: bytes) -> bytes:
    """Seal a piece of a photograph; `place` is its number and how many there are."""
    return vault.seal(key, data, _piece_context(tip_id, photo, place))


def unseal_piece(
    key: bytes, tip_id: UUID, photo: UUID, place: tuple[int, int], sealed: bytes
) -> bytes:
    """What `seal_piece` was given; raises `storage.vault.SealError`."""
    return vault.unseal(key, sealed, _piece_context(tip_id, photo, place))


def _wrap_context(tip_id: UUID, holder: str) -> bytes:
    return f"wrap {tip_id} {holder}".encode()


def _entry_context(tip_id: UUID, no: int, kind: str) -> bytes:
    return f"entry {tip_id} {no} {kind}".encode()


def _piece_context(tip_id: UUID, photo: UUID, place: tuple[int, int]) -> bytes:
    return f"photo {tip_id} {photo} {place[0]}/{place[1]}".encode()
