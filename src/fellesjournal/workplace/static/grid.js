// The grid of vital signs: Tab goes from field to field, the arrows to the values of before and between rows.
"use strict";
(() => {
  const controls = (row) => [...row.querySelectorAll("td button.cell, td input, td select")];

  const atEdge = (field, left) =>
    !field.matches("input") || (field.selectionStart === field.selectionEnd && field.selectionStart === (left ? 0 : field.value.length));

  const beside = (at, step) => {
    const all = controls(at.closest("tr"));
    return all[all.indexOf(at) + step];
  };

  const above = (at, step) => {
    const rows = [...at.closest("table").querySelectorAll("tr")].filter((one) => controls(one).length);
    const row = rows[rows.indexOf(at.closest("tr")) + step];
    const cell = row?.children[at.closest("td").cellIndex];
    return cell?.querySelector("button.cell, input, select");
  };

  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (!at.closest?.("table.grid") || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    let to = null;
    if (event.key === "ArrowLeft" && atEdge(at, true)) to = beside(at, -1);
    if (event.key === "ArrowRight" && atEdge(at, false)) to = beside(at, 1);
    if (event.key === "ArrowUp" && !at.matches("select")) to = above(at, -1);
    if (event.key === "ArrowDown" && !at.matches("select")) to = above(at, 1);
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
})();
