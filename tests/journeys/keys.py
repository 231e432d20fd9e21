"""Somebody without a mouse: Tab to what is wanted, Enter to press it."""

from playwright.sync_api import Page, expect

from tests.journeys.looks import whole

TABS_AT_MOST = 60
NAMED = """() => {
  const at = document.activeElement;
  return at === document.body ? "" : (at.ariaLabel || at.labels?.[0]?.textContent || at.textContent)
    .replace(/\\s+/g, " ").trim();
}"""


class Keys:
    """A keyboard in front of a page."""

    def __init__(self, page: Page) -> None:
        """Nothing has the focus yet."""
        self.page = page

    def goes_to(self, name: str) -> None:
        """Press Tab until the thing with this name has the focus."""
        passed = []
        for _ in range(TABS_AT_MOST):
            self.page.keyboard.press("Tab")
            passed.append(str(self.page.evaluate(NAMED)))
            if passed[-1] == name:
                return
        raise AssertionError(f"Tab never comes to “{name}”, only to {passed}")

    def presses(self, name: str) -> None:
        """Go to a button or link and press Enter."""
        expect(self.page.get_by_text(name, exact=True).first).to_be_visible()
        whole(self.page)
        self.goes_to(name)
        self.page.keyboard.press("Enter")

    def types(self, words: str) -> None:
        """Go to the chat's text field and write; Tab stands still where the focus already is."""
        field = self.page.locator("#text")
        expect(field).to_be_visible()
        whole(self.page)
        for _ in range(TABS_AT_MOST):
            if self.page.evaluate("document.activeElement.id") == "text":
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.insert_text(words)
        expect(field).to_have_value(words)
