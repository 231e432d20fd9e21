"""Seals and wraps: what opens them, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import vault
from storage.vault import CHEAP_PASSWORD_COST, PASSWORD_COST, SealError

KEY, OTHER = b"k" * 32, b"o" * 32
CONTEXT = b"entry 1 of tip a"
OVERHEAD = 24 + 16  # nonce and tag of XChaCha20-Poly1305


@given(st.binary(max_size=3000), st.binary(max_size=60))
def test_what_was_sealed_comes_back_with_its_key_in_its_place(data: bytes, context: bytes) -> None:
    assert vault.unseal(KEY, vault.seal(KEY, data, context), context) == data


@given(st.binary(max_size=5000))
def test_a_seal_tells_the_length_only_in_steps_of_a_kilobyte(data: bytes) -> None:
    inside = len(vault.seal(KEY, data, CONTEXT)) - OVERHEAD

    assert inside % vault.PAD_STEP == 0
    assert len(data) < inside <= len(data) + vault.PAD_STEP


def test_the_same_words_sealed_twice_look_different() -> None:
    assert vault.seal(KEY, b"yes", CONTEXT) != vault.seal(KEY, b"yes", CONTEXT)


def test_another_key_or_another_place_opens_nothing() -> None:
    sealed = vault.seal(KEY, b"a red motorbike", CONTEXT)

    for key, context in ((OTHER, CONTEXT), (KEY, b"entry 2 of tip a"), (KEY, b"")):
        with pytest.raises(SealError):
            vault.unseal(key, sealed, context)


@given(st.integers(0, vault.PAD_STEP + OVERHEAD - 1), st.integers(1, 255))
def test_every_changed_byte_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(vault.seal(KEY, b"a red motorbike", CONTEXT))
    sealed[place] ^= change

    with pytest.raises(SealError):
        vault.unseal(KEY, bytes(sealed), CONTEXT)


@pytest.mark.parametrize("cut", [0, 1, 24, 39, -1])
def test_a_seal_cut_short_does_not_open(cut: int) -> None:
    with pytest.raises(SealError):
        vault.unseal(KEY, vault.seal(KEY, b"words", CONTEXT)[:cut], CONTEXT)


def test_what_was_enclosed_without_padding_is_no_seal() -> None:
    for data in (b"", b"no mark", b"\x80 more", bytes(1024)):
        with pytest.raises(SealError):
            vault.unseal(KEY, vault.enclose(KEY, data, CONTEXT), CONTEXT)


def test_a_wrapped_key_opens_for_its_holder_alone() -> None:
    hoa, minh = vault.new_pair(), vault.new_pair()
    wrapped = vault.wrap(hoa.public, KEY)

    assert vault.unwrap(hoa.private, wrapped) == KEY
    for private, bytes_ in ((minh.private, wrapped), (hoa.private, wrapped[:-1])):
        with pytest.raises(SealError):
            vault.unwrap(private, bytes_)
    with pytest.raises(SealError):
        vault.unwrap(hoa.private, bytes([*wrapped[:-1], wrapped[-1] ^ 1]))


def test_an_enclosure_opens_with_its_key_in_its_place_only() -> None:
    enclosed = vault.enclose(KEY, b"a wrap", CONTEXT)

    assert vault.disclose(KEY, enclosed, CONTEXT) == b"a wrap"
    assert len(enclosed) == len(b"a wrap") + OVERHEAD
    for key, context in ((OTHER, CONTEXT), (KEY, b"elsewhere")):
        with pytest.raises(SealError):
            vault.disclose(key, enclosed, context)


def test_derivation_is_hkdf_of_rfc_5869() -> None:
    # Test case 3 of the RFC's appendix: no salt, no info; our keys are its first 32 bytes.
    wanted = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"

    assert vault.derive(b"\x0b" * 22, "").hex() == wanted


def test_keys_for_different_purposes_have_nothing_in_common() -> None:
    purposes = ("", "csrf", "login session", "channel mac", "channel seal", "receipt wrap")

    assert len({vault.derive(KEY, purpose) for purpose in purposes}) == len(purposes)
    assert vault.pair_from_secret(KEY, "invite") == vault.pair_from_secret(KEY, "invite")
    assert vault.pair_from_secret(KEY, "invite") != vault.pair_from_secret(OTHER, "invite")


def test_a_password_gives_its_key_with_its_salt_and_no_other() -> None:
    salt = vault.new_salt()
    key = vault.password_key("lúa chín ven sông", salt, CHEAP_PASSWORD_COST)

    assert len(key) == vault.KEY_BYTES
    assert vault.password_key("lúa chín ven sông", salt, CHEAP_PASSWORD_COST) == key
    assert vault.password_key("lúa chín ven sôn", salt, CHEAP_PASSWORD_COST) != key
    assert vault.password_key("lúa chín ven sông", vault.new_salt(), CHEAP_PASSWORD_COST) != key


def test_a_real_password_costs_what_libsodium_calls_moderate() -> None:
    assert PASSWORD_COST.memory == 256 * 2**20
    assert PASSWORD_COST.passes == 3


def test_a_mac_is_hmac_sha256_of_rfc_4231() -> None:
    # Test case 2 of the RFC.
    wanted = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"

    assert vault.mac(b"Jefe", b"what do ya want for nothing?").hex() == wanted
