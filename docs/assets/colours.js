/* Light or dark: as the system has it, until the reader chooses; the choice stays for this portal.
   Without this script the style sheet of the dark colours follows the system by itself. */
(() => {
  "use strict";

  const key = new URL("..", document.currentScript.src).pathname + "colours";
  const sheet = document.getElementById("dark-colours");
  const system = matchMedia("(prefers-color-scheme: dark)");

  /* A browser may refuse to keep anything. */
  function stored() { try { return localStorage.getItem(key); } catch { return null; } }
  function store(choice) { try { localStorage.setItem(key, choice); } catch { /* not kept */ } }

  let choice = stored();
  const isDark = () => choice ? choice === "dark" : system.matches;
  const colour = () => { if (choice) sheet.media = isDark() ? "screen" : "not all"; };

  /* The switch in the header: a radio button for each colour, and a sign for the other one. */
  function show() {
    colour();
    document.body.dataset.mdColorScheme = isDark() ? "slate" : "default";
    for (const option of document.querySelectorAll("[name=__palette]")) {
      option.checked = (option.dataset.mdColorScheme === "slate") === isDark();
      option.nextElementSibling.hidden = !option.checked;
    }
  }

  document.documentElement.className = "js";
  colour();
  system.addEventListener("change", show);
  addEventListener("storage", event => { if (event.key === key) { choice = stored(); show(); } });
  document.addEventListener("change", event => {
    if (event.target.name !== "__palette") return;
    choice = event.target.dataset.mdColorScheme === "slate" ? "dark" : "light";
    store(choice);
    show();
  });
  document.addEventListener("DOMContentLoaded", show);
})();
