"""How a notice looks on each channel, made by the same rendering that sends it."""

from bot.channels import render
from bot.channels.base import Caps
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from console.facts import Shown
from handlers import subscriptions
from handlers.chat import Reply


def previews(text: str) -> list[Shown]:
    """Telegram as its subscribers get it; the web chat as whoever tries it sees it."""
    return [
        _shown(Telegram.name, Telegram.caps, subscriptions.sent(text)),
        _shown(WebChat.name, WebChat.caps, subscriptions.tried(text)),
    ]


def _shown(channel: str, caps: Caps, reply: Reply) -> Shown:
    payloads = render.render(reply, caps)
    return Shown(
        channel,
        tuple(payload.text for payload in payloads),
        max(render.width(payload.text) for payload in payloads),
        caps.max_text,
        tuple(choice.label for choice in payloads[-1].choices),
    )
