/* Text of too little contrast: axe leaves undecided what is one character long or partly covered, and most figures are. */
least => {
  const numbers = colour => (colour.match(/[\d.]+/g) || []).map(Number);
  const luminance = colour => numbers(colour).slice(0, 3)
    .map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const isClear = colour => numbers(colour)[3] === 0;
  const known = new Map([[null, "rgb(255, 255, 255)"]]);
  const behind = item => {
    if (!known.has(item)) {
      const colour = getComputedStyle(item).backgroundColor;
      known.set(item, isClear(colour) ? behind(item.parentElement) : colour);
    }
    return known.get(item);
  };
  const ratio = item => {
    const [one, other] = [getComputedStyle(item).color, behind(item)].map(luminance);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  return [...document.querySelectorAll("body *")]
    .filter(item => item.checkVisibility() && !item.closest("svg, script, .visually-hidden"))
    .filter(item => [...item.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(item => ratio(item) < least)
    .map(item => `${item.tagName} ${item.textContent.trim().slice(0, 20)} ${ratio(item)}`);
}
