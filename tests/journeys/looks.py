"""What can be said of a page by looking: its width, its contrasts, the names of its fields."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

SCHEMES = ("light", "dark")
WIDTHS = (360, 390, 1280)  # CSS pixels: a small phone, Lan's, an office screen
HEIGHT = 800

# WCAG 2.2, 1.4.3: 4.5 to 1, or 3 to 1 for text of 24 px, or of 18.66 px in bold.
PALE = """() => {
  const channel = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) =>
    0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const read = (color) => color.match(/[\\d.]+/g).map(Number);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = read(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
      if (found[3] > 0) return null;
    }
    return [255, 255, 255];
  };
  const pale = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.data.trim();
    const element = walker.currentNode.parentElement;
    if (!words || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const ground = behind(element);
    if (!ground) { pale.push(`${words.slice(0, 40)}: on something half transparent`); continue; }
    const [a, b] = [light(read(style.color)), light(ground)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) pale.push(`${words.slice(0, 40)}: ${ratio.toFixed(2)} to 1`);
  }
  return pale;
}"""

NAMELESS = """() => [...document.querySelectorAll("input, select, textarea, button, a[href]")]
  .filter((field) => field.type !== "hidden" && field.checkVisibility())
  .filter((field) => !field.labels?.length && !field.textContent.trim() && !field.ariaLabel)
  .map((field) => field.outerHTML.slice(0, 120))"""

# What is touched of a radio button or a checkbox is its label.
SMALL = """() => [...document.querySelectorAll("button, textarea, input, select")]
  .filter((field) => field.type !== "hidden" && field.checkVisibility())
  .filter((field) => {
    const ticked = ["radio", "checkbox"].includes(field.type) && field.labels.length;
    return (ticked ? field.labels[0] : field).getBoundingClientRect().height < 44;
  })
  .map((field) => field.outerHTML.slice(0, 120))"""

HEADINGS = "() => document.querySelectorAll('h1').length"


def whole(page: Page) -> None:
    """Wait until all of a page is there: words may come before its styles and its scripts."""
    page.wait_for_load_state("load")


@dataclass
class Findings:
    """What is wrong with the pages seen so far, each with the page's name."""

    pages: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    pale: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    untitled: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)

    def look(self, page: Page, name: str) -> None:
        """Look at the page in each width and in each colour scheme."""
        whole(page)
        self.pages.append(name)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if (reach := page.evaluate("document.documentElement.scrollWidth")) > width:
                self.wide.append(f"{name}: {reach} of {width}")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of two words
            self.pale += [f"{name}, {scheme}: {words}" for words in page.evaluate(PALE)]
        self.nameless += [f"{name}: {html}" for html in page.evaluate(NAMELESS)]
        self.small += [f"{name}: {html}" for html in page.evaluate(SMALL)]
        language = page.locator("html").get_attribute("lang")
        if page.evaluate(HEADINGS) != 1 or language != "vi" or not page.title().strip():
            self.untitled.append(name)
