// Tables of limits: sorting, narrowing, and the rows shown as CSV. Without it the table stands as written.
(function () {
  "use strict";
  const table = document.querySelector("table[data-limits]");
  const spoken = document.getElementById("hb-limit-words");
  if (!table || !spoken) return;
  const say = JSON.parse(spoken.textContent);
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const form = document.querySelector(".hb-limit-tools");
  const bar = document.querySelector(".hb-limit-bar");
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const heads = [...table.tHead.rows[0].cells];
  const words = heads.map((head) => head.textContent.trim());
  let sorted = "";

  const text = (cell) => cell.textContent.replace(/\s+/g, " ").trim();

  // ------------------------------------------------------------------ sorting

  function key(row, column) {
    const cell = row.cells[column];
    return "s" in cell.dataset ? Number(cell.dataset.s) : text(cell);
  }

  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    if (!a || !b) return a ? -1 : b ? 1 : 0; // what is empty stands last
    return order.compare(a, b);
  }

  function sort(state) {
    sorted = state;
    const column = parseInt(state, 10);
    const down = state.endsWith("d");
    heads.forEach((head, place) => {
      if (place === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    const keyed = rows.map((row, place) => ({ row, place, key: state ? key(row, column) : 0 }));
    keyed.sort((a, b) => (down ? compare(b.key, a.key) : compare(a.key, b.key)) || a.place - b.place);
    body.append(...keyed.map((one) => one.row));
  }

  heads.forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words[place];
    button.title = say.sort;
    button.addEventListener("click", () => {
      const next = { [`${place}a`]: `${place}d`, [`${place}d`]: "" }[sorted];
      sort(next === undefined ? `${place}a` : next);
      remember();
    });
    head.replaceChildren(button);
  });

  // --------------------------------------------------------------- narrowing

  const PLACES = ["f", "r", "n", "a", "d"]; // the order of the words in data-k

  function narrow() {
    if (!form) return;
    const asked = PLACES.map((name) => form.elements[name].value);
    const query = form.elements.q.value.trim().toLowerCase().split(/\s+/);
    let shown = 0;
    for (const row of rows) {
      const facts = row.dataset.k.split(" ");
      const said = row.textContent.toLowerCase();
      row.hidden = !(asked.every((value, place) => !value || value === facts[place]) && query.every((word) => said.includes(word)));
      if (!row.hidden) shown += 1;
    }
    const output = document.querySelector(".hb-shown");
    output.textContent = say.shown.replace("{shown}", shown).replace("{all}", rows.length);
  }

  // ------------------------------------------------- the state in the address

  function remember() {
    const state = new URLSearchParams();
    if (form) for (const name of ["q", ...PLACES]) if (form.elements[name].value) state.set(name, form.elements[name].value);
    if (sorted) state.set("sort", sorted);
    if (form) history.replaceState(null, "", `#${state}`);
  }

  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));
    if (form) for (const name of ["q", ...PLACES]) form.elements[name].value = state.get(name) || "";
    if (/^\d+[ad]$/.test(state.get("sort") || "") && parseInt(state.get("sort"), 10) < heads.length) sort(state.get("sort"));
    narrow();
  }

  // --------------------------------------------------------------------- CSV

  // A cell that a spreadsheet would take for a formula is marked as text; a plain number stays one.
  function safe(value) {
    const risky = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value);
    return `"${(risky ? `'${value}` : value).replaceAll('"', '""')}"`;
  }

  function record(row) {
    return [...row.cells].flatMap((cell) =>
      "v" in cell.dataset ? [cell.dataset.r, cell.dataset.v, cell.dataset.u, text(cell)] : [text(cell)],
    );
  }

  function exported() {
    const place = rows.length ? [...rows[0].cells].findIndex((cell) => "v" in cell.dataset) : -1;
    const names = words.flatMap((word, at) => (at === place ? [say.relation, say.value, say.unit, word] : [word]));
    const shown = [...body.rows].filter((row) => !row.hidden).map(record);
    const lines = [names, ...shown].map((cells) => cells.map(safe).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" }));
    link.download = `${table.dataset.limits}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  if (bar) {
    bar.hidden = false;
    bar.querySelector(".hb-csv").addEventListener("click", exported);
  }
  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => (narrow(), remember()));
    form.addEventListener("reset", () => setTimeout(() => (narrow(), remember())));
    addEventListener("hashchange", recall);
    recall();
  }
})();
