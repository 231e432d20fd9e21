"""The yardstick: an aiohttp server that reads the same form and sends the words back. No more.

Run: python -m bench.echo PORT
"""

import sys

from aiohttp import web


async def _say(request: web.Request) -> web.Response:
    form = await request.post()
    return web.Response(text=f"<p>{form.get('text', '')}</p>", content_type="text/html")


async def _health(_request: web.Request) -> web.Response:
    return web.Response(text="ok\n")


def main(port: int) -> None:
    """Serve until killed."""
    app = web.Application()
    app.add_routes([web.post("/", _say), web.get("/health", _health)])
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
