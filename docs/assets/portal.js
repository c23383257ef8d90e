/* Comforts of a page that works without them: tables to copy and keep, proofs that open by
   address. */
(() => {
  "use strict";

  const {make, find} = window.gongkai;
  /** What a spreadsheet takes for the beginning of a formula; csv_tables.py has the same. */
  const ACTIVE = /^[=+\-@\t\r]/;
  /** A figure is no formula, whatever its sign, and stays as it was published. */
  const FIGURE = /^[+-]?[0-9]+(\.[0-9]+)?[%一-龥]*$/;

  /**
   * The printed grid of a table, merged cells repeated; last year's figures are not part of it.
   *
   * @param {Rows} table
   */
  function grid(table) {
    /** @type {string[][]} */
    const lines = [];
    Array.from(table.rows).forEach((row, y) => {
      lines[y] = lines[y] || [];
      for (const cell of Array.from(row.cells)) {
        let x = 0;
        while (lines[y][x] !== undefined) x += 1;
        const words = String(cell.textContent).replace(/\s+/g, " ").trim();
        for (let down = y; down < y + cell.rowSpan; down += 1) {
          lines[down] = lines[down] || [];
          for (let right = x; right < x + cell.colSpan; right += 1) lines[down][right] = words;
        }
      }
    });
    return lines;
  }

  /**
   * A text as a cell of a CSV file, which no spreadsheet takes for a formula.
   *
   * @param {string} words
   */
  function quoted(words) {
    const safe = ACTIVE.test(words) && !FIGURE.test(words) ? `'${words}` : words;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  /** @param {string[][]} lines */
  function csv(lines) {
    return lines.map(line => `${line.map(quoted).join(",")}\r\n`).join("");
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  function download(name, text) {
    const file = new Blob([`\ufeff${text}`], {type: "text/csv;charset=utf-8"});
    const link = make("a", {href: URL.createObjectURL(file), download: name});
    link.click();
    URL.revokeObjectURL(link.href);
  }

  /** @param {string} text */
  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const area = make("textarea", {value: text});
    document.body.append(area);
    area.select();
    const isDone = document.execCommand("copy");
    area.remove();
    if (!isDone) throw new Error("not copied");
  }

  /**
   * @param {string} textContent
   * @param {() => void} act
   */
  function button(textContent, act) {
    const made = make("button", {type: "button", textContent});
    made.addEventListener("click", act);
    return made;
  }

  /** @param {HTMLTableElement} table */
  function fileName(table) {
    const title = find(document, "h1", HTMLElement).textContent.replace(/\s+/g, "");
    const heading = table.caption && find(table.caption, ".caption-title", HTMLElement).textContent;
    return `${title}-${heading || ""}.csv`;
  }

  /**
   * Offer below a table to copy it, and to keep it as a file.
   *
   * @param {HTMLTableElement} table
   * @param {Element} box
   */
  function offer(table, box) {
    const said = make("span", {role: "status"});
    const say = (/** @type {string} */ words) => { said.textContent = words; };
    const text = () => grid(table).map(line => line.join("\t")).join("\n");
    box.after(make("div", {className: "table-tools"},
      button("复制表格", () => {
        copy(text()).then(
          () => say("已复制，可以粘贴到 Excel 或者 WPS 表格"),
          () => say("没有复制成，请改用下载"));
      }),
      button("下载 CSV", () => download(fileName(table), csv(grid(table)))),
      said));
  }

  /** Open the proof that the address names, and so one that a link on the page names. */
  function unfold() {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!named) return;
    for (let fold = named.closest("details"); fold; fold = above(fold)) fold.open = true;
    if (named.matches("details")) named.scrollIntoView();
  }

  /** @param {HTMLElement} fold */
  function above(fold) { return fold.parentElement && fold.parentElement.closest("details"); }

  for (const box of document.querySelectorAll(".table-box")) {
    const table = box.querySelector("table.statutory");
    if (table instanceof HTMLTableElement) offer(table, box);
  }
  addEventListener("hashchange", unfold);
  unfold();

  Object.assign(window.gongkai, /** @satisfies {Partial<Gongkai>} */ ({grid, csv}));
})();
