"""What axe-core says of a page: WCAG 2.2 AA, light and dark, at a desk and on a phone."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.looks import HEIGHT, whole

ENGINE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
# Each width and each colour scheme once: what a page looks like in the dark hangs on no width.
LOOKS = ((1280, "light"), (360, "dark"))  # CSS pixels: an office screen, a small phone
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"type": "tag", "values": TAGS}
RUN = """async (runOnly) => {
  const asked = { runOnly, resultTypes: ["violations"], preload: false };
  const found = await axe.run(document, asked);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    advice: rule.tags.includes("best-practice"),
    html: node.html.slice(0, 160),
    why: node.any.concat(node.all, node.none).map((check) => check.message).join(" "),
  })));
}"""


@dataclass
class Axe:
    """What the pages seen so far break: `violations` of WCAG, `advice` beyond it."""

    looks: tuple[tuple[int, str], ...] = LOOKS
    pages: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)

    def look(self, page: Page, name: str) -> None:
        """Run the rules in each of `looks`: widths and colour schemes."""
        whole(page)
        self.pages.append(name)
        page.evaluate(ENGINE.read_text(encoding="utf-8"))
        for width, scheme in self.looks:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of two words
            for one in page.evaluate(RUN, ALL):
                said = f"{name}, {width}, {scheme}: {one['rule']}: {one['html']} {one['why']}"
                (self.advice if one["advice"] else self.violations).append(said)
