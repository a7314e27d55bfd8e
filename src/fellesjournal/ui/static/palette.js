// The palette: Ctrl-K finds citizens and runs what the page registers (data-action on links and buttons).
"use strict";
(() => {
  const dialog = document.querySelector("[data-palette-dialog]");
  if (!dialog) return;
  const box = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const said = dialog.querySelector("[role=status]"); // what a screen reader is told of the answer
  let asked = 0;
  let asking = null; // the question that is on its way
  let pending = false; // Enter came before the answer did: its first row is chosen, never one of an older answer

  const open = () => {
    if (dialog.open) return;
    box.value = "";
    pending = false;
    dialog.showModal();
    box.focus();
    find();
  };

  const actions = (words) =>
    [...document.querySelectorAll("[data-action]")]
      .filter((one) => one.dataset.action.toLowerCase().includes(words))
      .map((one) => {
        const row = document.createElement("a");
        row.role = "option";
        row.href = one.href || "#";
        row.tabIndex = -1;
        row.append(Object.assign(document.createElement("span"), { textContent: one.dataset.action }));
        const key = one.dataset.key && Object.assign(document.createElement("kbd"), { textContent: one.dataset.key });
        if (key) row.append(key);
        row.addEventListener("click", (event) => {
          event.preventDefault();
          dialog.close();
          one.focus();
          one.click();
        });
        return row;
      });

  const mark = (row) => {
    for (const one of list.querySelectorAll("[aria-selected=true]")) one.ariaSelected = "false";
    if (!row) return box.removeAttribute("aria-activedescendant");
    row.ariaSelected = "true";
    row.id ||= `treff-${[...list.querySelectorAll("a[role=option]")].indexOf(row)}`;
    box.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  };

  const find = async (all = "") => { // all of some resource types, of a kind that has more than was shown
    const mine = ++asked;
    const words = box.value.trim();
    const address = new URL("/arbeid/finn", location.href);
    address.searchParams.set("q", words);
    if (document.body.dataset.citizen) address.searchParams.set("innbygger", document.body.dataset.citizen);
    if (all) address.searchParams.set("typer", all);
    asking?.abort();
    asking = new AbortController();
    list.ariaBusy = "true";
    const answer = await fetch(address, {
      headers: { "Fellesjournal-Fragment": "1" },
      signal: asking.signal,
    }).catch(() => null);
    if (mine !== asked) return;
    list.ariaBusy = "false";
    if (!answer) return;
    if (answer.redirected || answer.status === 401) return location.reload();
    const found = await answer.text().catch(() => null); // the page was left meanwhile
    if (found === null || mine !== asked) return;
    list.innerHTML = found;
    if (!all) list.append(...actions(words.toLowerCase()));
    list.dataset.for = words;
    const first = words ? rows()[0] : null; // before anything is typed Enter does nothing
    mark(first);
    if (said) said.textContent = words ? list.querySelector("[data-said]")?.dataset.said || "" : "";
    if (pending && first) choose(first);
    pending = false;
  };

  const isCurrent = () => list.dataset.for === box.value.trim();

  const rows = () => [...list.querySelectorAll("a[role=option]")];

  box.addEventListener("input", () => {
    pending = false;
    find();
  });
  box.addEventListener("keydown", (event) => {
    const all = rows();
    const at = all.findIndex((one) => one.ariaSelected === "true");
    if (event.key === "ArrowDown") mark(all[Math.min(at + 1, all.length - 1)]);
    else if (event.key === "ArrowUp") mark(all[Math.max(at - 1, 0)]);
    else if (event.key === "Enter") {
      if (!isCurrent()) pending = true;
      else if (at >= 0) choose(all[at]);
    } else return;
    event.preventDefault();
  });

  const choose = (row) => {
    if (row.dataset.more) return find(row.dataset.more);
    const pane = document.getElementById("arbeid");
    if (!row.dataset.opens || !pane) return row.click();
    dialog.close();
    htmx.ajax("GET", row.dataset.opens, { source: pane, target: pane });
  };

  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-opens], [data-more]");
    if (!row || !event.isTrusted) return;
    event.preventDefault();
    choose(row);
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (dialog.open || event.ctrlKey || event.altKey || event.metaKey) return;
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    const area = wanted?.closest("[data-keys]");
    if (!wanted || (area && !area.contains(document.activeElement))) return;
    event.preventDefault();
    wanted.click();
  });
  for (const one of document.querySelectorAll("[data-palette]")) one.addEventListener("click", open);
})();
