"""The channels: each turns its own kind of message into ours and back. None knows another."""

from bot.channels.base import Channel
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat

# Every channel people write to; officers' alerts (`bot/channels/desk.py`) only go out.
CHANNELS: tuple[type[Channel], ...] = (WebChat, Telegram)
