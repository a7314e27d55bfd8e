// Facts of the record in a text: "/" lists them, letters narrow the list, Enter puts one in.
"use strict";
(() => {
  let list = null, field = null, start = 0;
  const form = () => document.getElementById("notatskjema");
  const shown = () => [...list.children].filter((one) => !one.hidden);

  const close = () => {
    list?.remove();
    field?.removeAttribute("aria-activedescendant");
    field?.removeAttribute("aria-controls");
    list = field = null;
  };

  const point = (at) => {
    for (const one of list.children) one.ariaSelected = String(one === at);
    if (!at) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", at.id);
    at.scrollIntoView({ block: "nearest" });
  };

  const narrow = () => {
    const words = field.value.slice(start + 1, field.selectionStart).toLowerCase();
    if (field.selectionStart <= start || /[\n/]/.test(words)) return close();
    for (const one of list.children) one.hidden = !one.textContent.toLowerCase().includes(words);
    if (!shown().length) return close(); // what is typed is no fact: it is text, "7/10"
    point(shown()[0]);
  };

  const open = async (at) => {
    field = at;
    start = at.selectionStart - 1;
    list = document.createElement("ul");
    list.className = "facts";
    list.id = "fakta-liste";
    list.setAttribute("role", "listbox");
    list.ariaLabel = form().dataset.factsNamed;
    at.after(list);
    at.setAttribute("aria-controls", list.id);
    const mine = list;
    const answer = await fetch(form().dataset.facts).catch(() => null);
    if (mine !== list) return;
    if (!answer?.ok) return close();
    list.innerHTML = await answer.text();
    if (mine === list) narrow();
  };

  const insert = (one) => {
    const at = field, beside = at.parentElement.querySelector(`[name="fakta/${CSS.escape(at.name)}"]`);
    at.setRangeText(`${one.dataset.text} `, start, at.selectionStart, "end");
    beside.value = [beside.value, one.dataset.line].filter(Boolean).join("\n");
    const chips = at.parentElement.querySelector("ul.chips"), chip = document.createElement("li");
    chip.textContent = one.dataset.text;
    chips.append(chip);
    chips.hidden = false;
    close();
    at.focus();
    beside.dispatchEvent(new CustomEvent("note:beside", { bubbles: true }));
    at.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("input", (event) => {
    const at = event.target;
    if (!at.matches?.("#notatskjema textarea")) return;
    if (list && at === field) return narrow();
    const before = at.value.slice(0, at.selectionStart);
    if (event.inputType === "insertText" && /(^|\s)\/$/.test(before)) open(at);
  });

  document.addEventListener("keydown", (event) => {
    if (!list || event.target !== field) return;
    const all = shown(), at = all.findIndex((one) => one.ariaSelected === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length) point(all[(at + step + all.length) % all.length]);
    else if (event.key === "Escape") close();
    else if (["Enter", "Tab"].includes(event.key) && all[at] && !event.ctrlKey) insert(all[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("mousedown", (event) => {
    const one = event.target.closest?.(".facts [role=option]");
    if (!one) return list && event.target !== field && close();
    event.preventDefault();
    insert(one);
  });
  document.addEventListener("htmx:after:swap", () => list && !list.isConnected && close());
})();
