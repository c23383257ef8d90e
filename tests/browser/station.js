() => {
  const item = document.activeElement;
  if (!item || item === document.body) return null;
  const shown = item.matches(".palette__option") ? item.nextElementSibling : item;
  const style = getComputedStyle(shown);
  const isIn = at => at && (shown === at || shown.contains(at));
  const centre = (low, high, most) => (Math.max(low, 0) + Math.min(high, most)) / 2;
  const isSeen = [...shown.getClientRects()].some(box => isIn(document.elementFromPoint(
    centre(box.left, box.right, innerWidth), centre(box.top, box.bottom, innerHeight))));
  const words = item.ariaLabel || item.textContent.trim() || item.labels?.[0]?.textContent || "";
  item.dataset.reached = "yes";
  return {
    name: `${item.tagName} ${words.slice(0, 20)}`,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: isSeen,
    named: words !== "",
  };
}
