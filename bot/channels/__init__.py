"""The channels: each turns its own kind of message into ours and back. None knows another."""

from bot.channels.base import Channel
from bot.channels.webchat import WebChat

# Every channel there is. `bot/app.py` builds those that are set up.
CHANNELS: tuple[type[Channel], ...] = (WebChat,)
