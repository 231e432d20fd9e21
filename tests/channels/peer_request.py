"""What telegram-test-api 4.2.1 answers, put right: four quirks, no more (channels §3)."""

import json
from typing import Any

from bot.channels.telegram_request import Request

QUIRKS = ("is_bot", "date in milliseconds", "null for true", "chat_instance")


class PeerRequest(Request):
    """Our request class with the peer's four quirks mended."""

    async def do_request(self, url: str, *args: Any, **more: Any) -> tuple[int, bytes]:
        """As ours."""
        status, body = await super().do_request(url, *args, **more)
        return status, json.dumps(_mended(json.loads(body), url)).encode()


def _mended(answer: dict[str, Any], url: str) -> dict[str, Any]:
    method = url.rpartition("/")[2].lower()
    result = answer.get("result")
    if method == "getme":
        answer["result"] = {"is_bot": True, **(result or {})}
    elif method == "sendmessage" and isinstance(result, dict):
        answer["result"] = {**result, "date": int(result["date"]) // 1000}
    elif method == "getupdates":
        for update in result or ():
            update.get("callback_query", {}).setdefault("chat_instance", "1")
    elif result is None and answer.get("ok"):
        answer["result"] = True
    return answer
