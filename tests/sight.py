"""What a reader has in sight, and the words that can be clicked: what stands in the DOM unseen does not count."""

from __future__ import annotations

import re
from typing import Any

from pages import Page

# The characters in sight: within the window and whatever clips them, and with nothing over them. Of the picture
# the labels that are large enough to be read.
_SEEN = """
const [least, paper] = arguments;
const within = ({ left, right, top, bottom }, x, y) => left <= x && x <= right && top <= y && y <= bottom;
const found = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const range = document.createRange();
while (walker.nextNode()) {
  const node = walker.currentNode, box = node.parentElement;
  if (/^(SCRIPT|STYLE|NOSCRIPT|OPTION|TITLE)$/.test(box.tagName) || !node.data.trim()) continue;
  if (!box.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
  if (paper) { found.push(node.data); continue; }
  const clips = [{ left: 0, top: 0, right: innerWidth, bottom: innerHeight }];
  for (let one = box; one; one = one.parentElement) {
    if (getComputedStyle(one).overflow !== 'visible' && one !== document.body) clips.push(one.getBoundingClientRect());
  }
  range.selectNodeContents(node);
  const whole = range.getBoundingClientRect();
  if (clips.some(({ left, right, top, bottom }) =>
    whole.right < left || right < whole.left || whole.bottom < top || bottom < whole.top)) continue;
  for (let at = 0; at < node.length; at += 1) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const { left, right, top, bottom, width } = range.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    if (!width || !clips.every((clip) => within(clip, x, y))) continue;
    const over = document.elementFromPoint(x, y);
    if (over && (over.contains(box) || box.contains(over))) found.push(node.data[at]);
  }
}
const canvas = document.querySelector('#graph canvas');
if (!paper && canvas.checkVisibility({ checkVisibilityCSS: true })) {
  const frame = canvas.getBoundingClientRect(), scale = kg.network.getScale();
  for (const { hidden, label, id, font } of kg.network.body.data.nodes.get()) {
    if (hidden || font.size * scale < least) continue;
    const { x, y } = kg.network.canvasToDOM(kg.network.getPosition(id));
    if (document.elementFromPoint(frame.left + x, frame.top + y) === canvas) found.push(`\\n${label}\\n`);
  }
}
return found.join('');
"""

_CLICKABLE = """
const words = arguments[0];
return [...document.querySelectorAll('button, a, summary, label, [role=option], [role=tab]')].find((one) => {
  const text = one.innerText.trim();
  if (text !== words && !(text.startsWith(words) && /\\s/.test(text[words.length]))) return false;
  if (!one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
  const { left, right, top, bottom } = one.getBoundingClientRect();
  const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return over !== null && one.contains(over);
});
"""
SMALLEST = 8  #: pixels that a letter of the picture is high at least, to be read


def seen(page: Page, paper: bool = False) -> str:
    """The text in sight, or on paper, without white space."""
    return re.sub(r"\s+", "", str(page.run(_SEEN, SMALLEST, paper)))


def clickable(page: Page, words: str) -> Any:
    """What is in sight and reacts to a click on these words; None where nothing does."""
    return page.run(_CLICKABLE, words)
