"""What holds for every page: headers, size, no inline script or style, and calm errors."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console import cookies, drawing, words
from console.facts import Facts, SampleLogin
from desk.desk import Office
from desk.queue import PAGE
from storage.db import Store, role_urls
from tests.console.browsing import FORM, Browse, Browser
from tests.console.conftest import Serve
from tests.world import World

PAGE_LIMIT = 150_000  # bytes
Open = Callable[..., Any]


async def test_every_answer_carries_the_headers(hoa: Browser) -> None:
    paths = {
        "/desk/queue": 200,
        "/desk/login": 303,
        "/desk/nowhere": 404,
        "/desk/static/frame.css": 200,
        "/desk/static/": 403,
        "/desk/static/%2e%2e/app.py": 404,
    }
    for path, status in paths.items():
        async with hoa.client.get(path, allow_redirects=False) as response:
            assert response.status == status, path
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert "Permissions-Policy" in response.headers
            kept = "no-cache" if status == 200 and "static" in path else "no-store"
            assert response.headers["Cache-Control"] == kept


async def test_the_log_in_cookie_stays_with_the_desk_and_away_from_scripts(
    world: World, serve: Serve, open_browser: Open
) -> None:
    facts = Facts(operator="Ban thử", public_url="https://tin.example", secure_cookies=True)
    browser = await open_browser(await serve(world.office, facts))
    async with browser.client.get("/desk/login") as response:
        (cookie,) = response.headers.getall("Set-Cookie")
    assert cookie.startswith(f"__Secure-{cookies.BROWSER}=")
    assert {"HttpOnly", "Secure", "Path=/desk", "SameSite=Strict"} <= set(cookie.split("; "))


async def test_without_an_operator_every_page_is_a_trial(
    world: World, browse: Browse, serve: Serve, open_browser: Open
) -> None:
    trial = await browse()
    for path in ("/desk/login", "/desk/nowhere"):
        assert "BẢN THỬ, không phải kênh của công an" in await trial.open(path)

    facts = Facts(operator="Ban thử nghiệm", public_url="http://x", secure_cookies=False)
    real = await open_browser(await serve(world.office, facts))
    await real.open("/desk/login")
    assert "BẢN THỬ" not in real.page
    assert "Ban thử nghiệm" in real.page


async def test_the_demo_offers_its_officers(world: World, serve: Serve, open_browser: Open) -> None:
    samples = [SampleLogin("Công an xã Rạch Kiến", "Hoa", "hoa", "lua chin", "123456")]
    facts = Facts(None, "http://x", secure_cookies=False, sample_logins=lambda: samples)
    browser = await open_browser(await serve(world.office, facts))

    await browser.open("/desk/login")
    assert "lua chin" not in browser.page
    await browser.open("/desk/login?as=hoa")

    assert 'value="hoa"' in browser.page
    assert 'value="lua chin"' in browser.page
    assert 'value="123456"' in browser.page


async def test_pages_have_no_inline_script_or_style_and_stay_small(
    world: World, hoa: Browser, ngan: Browser, browse: Browse
) -> None:
    for _ in range(30):
        world.submit("Tối qua mất xe máy ở chợ")
    tip = world.waiting(world.hoa)[0]
    world.claim(world.hoa, tip)
    await ngan.open("/desk/officers")
    await ngan.send("/desk/officers/invite", {"station": "28126", "role": "chief"})
    link = re.search(r"/desk/join/[\w-]+", ngan.page)
    assert link
    stranger = await browse()
    pages = [
        ngan.page,
        await hoa.open("/desk/queue"),
        await hoa.open(f"/desk/tips/{tip}"),
        await stranger.open("/desk/login"),
        await stranger.open(link[0]),
        await stranger.open("/desk/nowhere"),
    ]
    for page in pages:
        assert len(page.encode()) <= PAGE_LIMIT
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?! src=)", page)
        assert page.count("<h1") == 1
        assert '<html lang="vi">' in page
        for field in re.findall(r"<(?:input|textarea|select)[^>]*\sid=\"(\w[\w-]*)\"", page):
            assert f'for="{field}"' in page, "every field has a label"
    row = len(pages[1].encode()) / 30
    assert row * PAGE <= PAGE_LIMIT, "even the longest queue"


async def test_a_body_too_large_is_refused(hoa: Browser) -> None:
    await hoa.open("/desk/queue")
    body = b"text=" + b"a" * 64 * 1024
    for data in (body, _in_pieces(body)):
        async with hoa.client.post("/desk/logout", data=data, headers=FORM) as response:
            assert response.status == 413
            assert "quá dài" in await response.text()
    await hoa.open("/desk/queue")
    assert hoa.at == "/desk/queue", "still logged in"


async def _in_pieces(body: bytes) -> Any:
    yield body[:1000]
    yield body[1000:]


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"a=1", "multipart/form-data; boundary=x", 415),
        (b"&".join(b"a%d=1" % n for n in range(201)), FORM["Content-Type"], 400),
        (b"csrf=%ff%fe%00\xff&\x00", FORM["Content-Type"], 403),
        (b"", FORM["Content-Type"], 403),
        (b"csrf=%C3%A9", FORM["Content-Type"] + "; charset=no-such", 403),
    ],
)
async def test_what_is_no_form_of_ours_is_refused(
    data: bytes, kind: str, status: int, hoa: Browser
) -> None:
    headers = {"Content-Type": kind}
    async with hoa.client.post("/desk/logout", data=data, headers=headers) as response:
        assert response.status == status
        assert "Chưa làm được" in await response.text()


async def test_without_a_database_the_page_says_so(
    world: World, tmp_path: Path, serve: Serve, open_browser: Open
) -> None:
    nowhere = f"postgresql://nobody:x@/nothing?host={tmp_path}"
    with Store(role_urls(nowhere)) as store:
        browser = await open_browser(await serve(Office(store, world.office.tools)))
        async with browser.client.get("/desk/join/a-link") as response:
            text = await response.text()
            assert response.status == 503
            assert response.headers["Retry-After"] == "5"
    assert "Máy chủ dữ liệu đang khởi động lại" in text
    assert str(tmp_path) not in text


async def test_a_fault_shows_a_random_id_and_nothing_else(
    hoa: Browser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(words, "TAB_NAMES", None)
    seen = []
    for _ in range(2):
        await hoa.open("/desk/queue")
        assert hoa.status == 500
        found = re.search(r"người quản trị: ([0-9a-f]{8})<", hoa.page)
        assert found
        assert "NoneType" not in hoa.page
        seen.append(found[1])
    assert len(set(seen)) == 2
    assert seen[0] in capsys.readouterr().out


def colours(scheme: str) -> dict[str, str]:
    css = (drawing.STATIC / "colours.css").read_text()
    light, dark = css.split("@media (prefers-color-scheme: dark)")[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found | (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)) if scheme == "dark" else {}
    )


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_on_every_ground(scheme: str) -> None:
    c = colours(scheme)
    pairs = [
        *((ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "card")),
        *((name, f"{name}-soft") for name in ("accent", "danger", "warn", "ok")),
        ("on-accent", "accent"), ("on-danger", "danger"), ("on-mark", "mark"),
        ("soft", "accent-soft"),
    ]  # fmt: skip
    weak = [pair for pair in pairs if contrast(c[pair[0]], c[pair[1]]) < 4.5]
    edges = [ground for ground in ("paper", "card") if contrast(c["edge"], c[ground]) < 3]
    assert weak == []
    assert edges == []
