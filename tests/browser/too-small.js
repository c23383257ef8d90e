/* What is smaller than 24 × 24 px, links within a sentence left out. What a font adds to the height of a link in a line does not count: other fonts add less. */
() => [...document.querySelectorAll(
    "a[href], button, input:not([type=radio]), select, summary")]
  .filter(item => item.checkVisibility({visibilityProperty: true}))
  .filter(item => !item.closest(".skip, .visually-hidden"))
  .filter(item => {
    const rest = item.parentElement.cloneNode(true);
    for (const other of rest.querySelectorAll("a, button, input, .visually-hidden")) other.remove();
    return item.tagName !== "A" || !rest.textContent.trim();
  })
  .map(item => [item.closest("label") ?? item, item])
  .map(([target, item]) => {
    const {width, height} = target.getBoundingClientRect();
    const {display, fontSize, paddingTop, paddingBottom} = getComputedStyle(target);
    const least = [fontSize, paddingTop, paddingBottom].map(parseFloat).reduce((a, b) => a + b);
    return {item, width, height: display === "inline" ? Math.min(height, least) : height};
  })
  .filter(({width, height}) => width < 23.9 || height < 23.9)
  .map(({item, width, height}) =>
    `${item.tagName} ${item.textContent.trim().slice(0, 20)} ${width} × ${height}`)
