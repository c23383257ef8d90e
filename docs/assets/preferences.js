// Reading preferences: large text and high contrast, kept from page to page.
// Loaded in the head before anything is drawn, so that no page flashes in the other look.
(() => {
  const root = document.documentElement;
  const names = ["large-text", "high-contrast"];
  const key = (name) => `gongkai.${name}`;
  const wished = (name) => name === "high-contrast" && matchMedia("(prefers-contrast: more)").matches;

  // A browser may forbid storing; then a choice holds for this page.
  const read = (name) => {
    try {
      const kept = localStorage.getItem(key(name));
      return kept === null ? wished(name) : kept === "on";
    } catch {
      return wished(name);
    }
  };
  const keep = (name, isOn) => {
    try {
      localStorage.setItem(key(name), isOn ? "on" : "off");
    } catch {
      return;
    }
  };

  const show = (name, isOn) => {
    root.toggleAttribute(`data-${name}`, isOn);
    for (const button of document.querySelectorAll(`[data-preference="${name}"]`)) {
      button.setAttribute("aria-pressed", String(isOn));
    }
  };
  const showAll = () => names.forEach((name) => show(name, read(name)));

  root.toggleAttribute("data-scripted", true);
  showAll();
  document.addEventListener("DOMContentLoaded", showAll);
  addEventListener("storage", showAll);
  addEventListener("pageshow", (event) => event.persisted && showAll());
  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-preference]")?.dataset.preference;
    if (!names.includes(name)) return;
    const isOn = !root.hasAttribute(`data-${name}`);
    keep(name, isOn);
    show(name, isOn);
  });
})();
