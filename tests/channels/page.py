"""A page as its reader sees it, so that tests name what is on it instead of its tags."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Page(HTMLParser):
    """What one HTML page shows and would send."""

    html: str
    hidden: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)  # id → label
    calls: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    typed: str | None = None  # what stands in the text field; None without one
    code: str = ""
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(self.html)
        self.close()

    def press(self, choice: str = "", text: str | None = None) -> dict[str, str]:
        """The fields a browser sends when this is pressed."""
        fields = {**self.hidden}
        if self.typed is not None or text is not None:
            fields["text"] = self.typed or "" if text is None else text
        return {**fields, "choice": choice} if choice else fields

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Called by the parser."""
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag == "input" and found.get("type") != "file":  # nothing is chosen
            self.hidden[found["name"]] = found.get("value", "")
        if tag == "a" and found["href"].startswith("tel:"):
            self.calls.append(found["href"].removeprefix("tel:"))
        if tag not in VOID:
            self._open.append((tag, found, []))

    def handle_data(self, data: str) -> None:
        """Called by the parser."""
        if self._open:
            self._open[-1][2].append(data)

    def handle_endtag(self, tag: str) -> None:
        """Called by the parser."""
        if tag in VOID or not self._open:
            return
        opened, attrs, texts = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        self._keep(tag, attrs, "".join(texts))

    def _keep(self, tag: str, attrs: dict[str, str], text: str) -> None:
        classes = attrs.get("class", "").split()
        if tag == "button" and attrs.get("name") == "choice":
            self.buttons[attrs["value"]] = text
        elif tag == "textarea":
            self.typed = text.removeprefix("\n")  # as browsers do with the first one
        elif tag == "code":
            self.code = text
        elif "line" in classes:
            self.lines.append(text)
        elif "notice" in classes and "hidden" not in attrs:
            self.notices.append(text)
