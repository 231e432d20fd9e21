"""What an operator lists is found however it is written, and nothing else is."""

import pytest

from nlp.blocklist import SIGNS, BadEntryError, Blocklist, dump, entry, parse

LISTED = Blocklist(
    [
        entry("domain", "hxxps://www.qua-tet[.]top/nhan"),
        entry("phone", "+84 912 345 678"),
        entry("account", "1900-2000-333"),
    ]
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vào qua-tet.top nhận quà", "domain"),
        ("vao HTTPS://login.QUA-TET[.]top/abc", "domain"),
        ("Gọi lại 0912.345.678 gấp", "phone"),
        ("sdt +84912345678", "phone"),
        ("ck vào stk 1900 2000 333 nhé", "account"),
    ],
)
def test_an_entry_is_found_however_it_is_written(text: str, kind: str) -> None:
    assert LISTED.signs(text) == (SIGNS[kind],)


@pytest.mark.parametrize(
    "text",
    [
        "khongqua-tet.top là trang khác",
        "qua-tet.topi.vn",
        "số 10912345678 dài hơn",
        "0912345679",
        "",
        "9" * 5000,
        "1-" * 2500,
    ],
)
def test_what_is_not_listed_is_not_found(text: str) -> None:
    assert LISTED.signs(text) == ()


def test_a_bad_line_is_named_and_the_others_are_read() -> None:
    lines = ["kind,value", "# của tỉnh", "", "domain,abc.top", "phone,12", "url,abc.top", "account"]

    found = list(parse(lines))

    assert [number for number, _ in found] == [4, 5, 6, 7]
    assert [str(bad) for _, bad in found if isinstance(bad, BadEntryError)] == [
        "'12' is no number of 6 to 19 digits",
        "kind is 'url', not one of domain, phone, account",
        "needs two columns: kind,value",
    ]


def test_the_same_entries_give_the_same_bytes() -> None:
    entries = [entry("phone", "0912345678"), entry("domain", "b.top"), entry("domain", "a.top")]

    assert dump(entries) == dump([*reversed(entries), *entries])
