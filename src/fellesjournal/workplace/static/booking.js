// The day's table: arrows go between times, Enter opens one, M picks an appointment up and Enter puts it down; a mouse drags.
"use strict";
(() => {
  const table = () => document.querySelector("table.day");
  const said = document.getElementById("bok-sier");
  const pane = document.getElementById("arbeid");
  let carried = null; // the appointment that is on its way: its id, and whose column it left

  const cells = () => [...table().querySelectorAll("td[data-c]")];
  const at = (cell) => ({ c: Number(cell.dataset.c), r: Number(cell.dataset.r), rows: cell.rowSpan });
  const inside = (cell) => cell.querySelector("button");
  const tell = (words) => { if (said) said.textContent = words; };

  // The next cell with something to press, in a direction; of a neighbouring column the one beside.
  const next = (from, down, right) => {
    const { c, r, rows } = at(from);
    const able = cells().filter((one) => inside(one));
    if (down) {
      const column = able.filter((one) => at(one).c === c && (down > 0 ? at(one).r >= r + rows : at(one).r < r));
      return down > 0 ? column[0] : column.at(-1);
    }
    const wanted = able.map((one) => at(one).c).filter((one) => (right > 0 ? one > c : one < c));
    if (!wanted.length) return null;
    const column = right > 0 ? Math.min(...wanted) : Math.max(...wanted);
    const beside = able.filter((one) => at(one).c === column);
    return beside.find((one) => at(one).r + at(one).rows > r) ?? beside.at(-1);
  };

  const first = () => {
    const body = table();
    if (!body || body.querySelector("td button[tabindex='0']")) return;
    const button = body.querySelector("button.item") ?? body.querySelector("td button");
    if (button) button.tabIndex = 0;
  };

  const focus = (button) => {
    for (const one of table().querySelectorAll("td button[tabindex='0']")) one.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  };

  const lift = (button) => {
    carried = { id: button.dataset.time, from: button.dataset.from };
    for (const one of document.querySelectorAll(`[data-time="${CSS.escape(carried.id)}"]`)) one.classList.add("carried");
  };

  const letGo = () => {
    carried = null;
    for (const one of document.querySelectorAll(".carried, .over")) one.classList.remove("carried", "over");
  };

  const drop = (cell) => {
    const to = { start: cell.dataset.start, til: cell.dataset.party, fra: carried.from };
    const values = { ...to, bevis: document.body.dataset.bevis, bok: table().dataset.book };
    htmx.ajax("POST", `/arbeid/timebok/time/${carried.id}/flytting`, { source: pane, target: pane, values });
    letGo();
  };

  const open = (button) => {
    const cell = button.closest("td");
    if (carried && !button.dataset.block) return drop(cell);
    const asked = new URLSearchParams({ kl: cell.dataset.start, med: cell.dataset.party, bok: table().dataset.book });
    const path = button.dataset.time ? `time/${button.dataset.time}` : button.dataset.block ? `sperring/${button.dataset.block}` : "ledig";
    htmx.ajax("GET", `/arbeid/timebok/${path}?${asked}`, { source: pane, target: pane });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("table.day td button");
    if (!button) return;
    focus(button);
    open(button);
  });

  document.addEventListener("keydown", (event) => {
    const button = event.target.closest?.("table.day td button");
    if (!button || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
    if (event.key === "m" && button.dataset.time && button.draggable) {
      lift(button);
      tell(button.textContent);
    } else if (event.key === "Escape" && carried) letGo();
    else if (steps[event.key]) {
      const cell = next(button.closest("td"), ...steps[event.key]);
      if (cell) focus(inside(cell));
    } else return;
    event.preventDefault();
  });

  // The reception's list: arrows go from row to row, and a letter is the button of the row that bears it.
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("table.reception tr");
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const rows = [...row.parentElement.querySelectorAll("tr")].filter((one) => one.querySelector("a, button"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const wanted = step
      ? rows[rows.indexOf(row) + step]?.querySelector("a, button")
      : row.querySelector(`button[data-letter="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!wanted) return;
    event.preventDefault();
    if (step) wanted.focus();
    else {
      row.querySelector("a, button").focus();
      wanted.click();
    }
  });

  document.addEventListener("dragstart", (event) => {
    const button = event.target.closest?.("[data-time]");
    if (!button) return;
    lift(button);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", carried.id);
  });
  document.addEventListener("dragover", (event) => {
    const cell = event.target.closest?.("table.day td.free");
    if (!carried || !cell) return;
    event.preventDefault();
    for (const one of document.querySelectorAll("td.over")) one.classList.remove("over");
    cell.classList.add("over");
  });
  document.addEventListener("drop", (event) => {
    const cell = event.target.closest?.("table.day td.free");
    if (!carried || !cell) return;
    event.preventDefault();
    drop(cell);
  });
  document.addEventListener("dragend", letGo);
  document.addEventListener("htmx:after:swap", first);
  first();
})();
