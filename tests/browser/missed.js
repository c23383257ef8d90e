() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter(item => item.checkVisibility({visibilityProperty: true}) && !item.dataset.reached)
  .filter(item => item.type !== "radio" || item.checked)
  .map(item => `${item.tagName} ${item.textContent.trim().slice(0, 20)}`)
