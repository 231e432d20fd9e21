"""Seal, wrap and derive: every cipher this project uses, as functions on bytes.

Only well-known pieces from libsodium (PyNaCl) and from RFC 5869 and 8439 (cryptography):
XChaCha20-Poly1305 for contents, ChaCha20-Poly1305 for addresses, X25519 sealed boxes for keys,
HKDF-SHA256 for derivation, Argon2id for passwords.
"""

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead
from nacl.utils import random

KEY_BYTES = 32
SALT_BYTES = pwhash.argon2id.SALTBYTES
# Sizes tell a lot ("yes" or a page): every sealed text is a multiple of this (anchors §3.1).
PAD_STEP = 1024
_NONCE = 12


class SealError(Exception):
    """This key does not open this seal, or the sealed bytes were changed."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """X25519, 32 bytes each."""

    public: bytes
    private: bytes


@dataclass(frozen=True, slots=True)
class PasswordCost:
    """Work per password guess: passes over `memory` bytes."""

    passes: int
    memory: int


# libsodium's MODERATE: 256 MiB, 3 passes; about half a second of one core.
PASSWORD_COST = PasswordCost(pwhash.argon2id.OPSLIMIT_MODERATE, pwhash.argon2id.MEMLIMIT_MODERATE)
# For tests only: a password guessed at this cost is a password known.
CHEAP_PASSWORD_COST = PasswordCost(pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)


def new_key() -> bytes:
    """32 random bytes."""
    return random(KEY_BYTES)


def new_salt() -> bytes:
    """Random salt for `password_key`."""
    return random(SALT_BYTES)


def new_pair() -> KeyPair:
    """A random key pair."""
    return pair_from_private(new_key())


def pair_from_private(private: bytes) -> KeyPair:
    """The pair that belongs to a private key of 32 bytes."""
    return KeyPair(bytes(PrivateKey(private).public_key), private)


def derive(secret: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose; other purposes give unrelated keys (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(
        secret
    )


def pair_from_secret(secret: bytes, purpose: str) -> KeyPair:
    """The key pair that anybody holding `secret` can make again."""
    return pair_from_private(derive(secret, purpose))


def password_key(password: str, salt: bytes, cost: PasswordCost) -> bytes:
    """A key from a password by Argon2id. Slow on purpose: call it outside transactions."""
    return pwhash.argon2id.kdf(KEY_BYTES, password.encode(), salt, cost.passes, cost.memory)


def seal(key: bytes, data: bytes, context: bytes) -> bytes:
    """Encrypt `data`, padded to a multiple of 1 KiB and bound to `context` (what and where it is).

    The context is not stored: opening the bytes in another place fails.
    """
    return bytes(Aead(key).encrypt(_pad(data), context))


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """What `seal` was given.

    Raises:
        SealError: another key, another context, or changed bytes.
    """
    try:
        return _unpad(Aead(key).decrypt(sealed, context))
    except (CryptoError, ValueError) as error:
        raise SealError("this seal does not open with this key in this place") from error


def wrap(public: bytes, key: bytes) -> bytes:
    """Make `key` readable to the holder of the private half of `public`, and to nobody else."""
    return bytes(SealedBox(PublicKey(public)).encrypt(key))


def unwrap(private: bytes, wrapped: bytes) -> bytes:
    """What `wrap` was given.

    Raises:
        SealError: wrapped to somebody else.
    """
    try:
        return bytes(SealedBox(PrivateKey(private)).decrypt(wrapped))
    except (CryptoError, ValueError) as error:
        raise SealError("this key was wrapped to somebody else") from error


def enclose(key: bytes, data: bytes, context: bytes) -> bytes:
    """As `seal`, without padding: for keys, whose length is no secret."""
    return bytes(Aead(key).encrypt(data, context))


def disclose(key: bytes, enclosed: bytes, context: bytes) -> bytes:
    """What `enclose` was given; raises `SealError` as `unseal` does."""
    try:
        return bytes(Aead(key).decrypt(enclosed, context))
    except (CryptoError, ValueError) as error:
        raise SealError("this enclosure does not open with this key in this place") from error


class Pouch:
    """Many short secrets under one key, as the addresses of all who get a notice.

    PyNaCl takes 19 µs to open one, this 4 µs. Its random nonces are shorter: among ten million
    secrets under one key two nonces meet with a chance of 10^-15.
    """

    def __init__(self, key: bytes) -> None:
        """Args: key: 32 bytes."""
        self._cipher = ChaCha20Poly1305(key)

    def close(self, data: bytes, context: bytes) -> bytes:
        """Encrypt, bound to `context` as `seal` does; without padding."""
        nonce = random(_NONCE)
        return nonce + self._cipher.encrypt(nonce, data, context)

    def open(self, closed: bytes, context: bytes) -> bytes:
        """What `close` was given; raises `SealError` as `unseal` does."""
        try:
            return self._cipher.decrypt(closed[:_NONCE], closed[_NONCE:], context)
        except (InvalidTag, ValueError) as error:
            raise SealError("this pouch does not open with this key in this place") from error


def mac(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA256: finds a row by a value without storing the value."""
    return hmac.digest(key, data, hashlib.sha256)


def mark(key: bytes, word: str) -> int:
    """A word as 64 bits that nobody without the key can turn into the word (keyed BLAKE2b)."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8, key=key).digest())


def digest(data: bytes) -> bytes:
    """SHA-256: for chains, and for secrets too long to guess (cookies, one-time links)."""
    return hashlib.sha256(data).digest()


def _pad(data: bytes) -> bytes:
    """ISO/IEC 7816-4: one 0x80, then zeros."""
    return data + b"\x80" + bytes(-(len(data) + 1) % PAD_STEP)


def _unpad(padded: bytes) -> bytes:
    data, mark, rest = padded.rpartition(b"\x80")
    if not mark or rest.strip(b"\x00"):
        raise ValueError("no padding mark")
    return data
