/* Comforts of a page that works without them: tables to copy and keep, proofs that open by address. */
(function () {
  "use strict";

  /* The printed grid of a table, merged cells repeated; last year's figures are not part of it. */
  function grid(table) {
    var lines = [];
    Array.prototype.forEach.call(table.rows, function (row, y) {
      lines[y] = lines[y] || [];
      Array.prototype.forEach.call(row.cells, function (cell) {
        var x = 0;
        while (lines[y][x] !== undefined) x += 1;
        var words = cell.textContent.replace(/\s+/g, " ").trim();
        for (var down = 0; down < cell.rowSpan; down += 1) {
          lines[y + down] = lines[y + down] || [];
          for (var right = 0; right < cell.colSpan; right += 1) lines[y + down][x + right] = words;
        }
      });
    });
    return lines;
  }

  function quoted(words) {
    var safe = /^[=@\t\r]/.test(words) ? "'" + words : words;
    return /[",\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  function download(name, text) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    var area = document.createElement("textarea");
    area.value = text;
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject();
  }

  function button(words, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function offer(box) {
    var table = box.querySelector("table.statutory");
    if (!table) return;
    var bar = document.createElement("div");
    var said = document.createElement("span");
    bar.className = "table-tools";
    said.setAttribute("role", "status");
    bar.append(
      button("复制表格", function () {
        var text = grid(table).map(function (line) { return line.join("\t"); }).join("\n");
        copy(text).then(
          function () { said.textContent = "已复制，可以粘贴到 Excel 或者 WPS 表格"; },
          function () { said.textContent = "没有复制成，请改用下载"; }
        );
      }),
      button("下载 CSV", function () {
        var heading = table.caption ? table.caption.querySelector(".caption-title").textContent : "";
        var title = document.querySelector("h1").textContent.replace(/\s+/g, "");
        var text = grid(table).map(function (line) { return line.map(quoted).join(","); });
        download(title + "-" + heading + ".csv", text.join("\r\n") + "\r\n");
      }),
      said
    );
    box.after(bar);
  }

  /* The proof that an address names is opened, and so is one that a link on the page names. */
  function unfold() {
    var named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var fold = named && named.closest("details");
    while (fold) {
      fold.open = true;
      fold = fold.parentElement.closest("details");
    }
    if (named && named.matches("details")) named.scrollIntoView();
  }

  document.querySelectorAll(".table-box").forEach(offer);
  window.addEventListener("hashchange", unfold);
  unfold();
})();
