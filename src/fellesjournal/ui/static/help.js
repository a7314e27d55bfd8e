// The help overlay, with every key of the screen, and the dialog in which one complains of it.
"use strict";
(() => {
  const help = document.querySelector("[data-help-dialog]");
  const complain = document.querySelector("[data-complain-dialog]");
  if (!help || !complain) return;
  const single = help.querySelector("[data-single]");
  const ARROWS = { ArrowLeft: "←", ArrowRight: "→" };
  const OFF = "fellesjournal-uten-enkelttast";

  const rows = () => {
    const body = help.querySelector("[data-keys-here]");
    body.replaceChildren();
    for (const one of document.querySelectorAll("[data-key]")) {
      if (one.closest("dialog, header.frame")) continue;
      const row = body.insertRow();
      const key = document.createElement("kbd");
      key.textContent = ARROWS[one.dataset.key] ?? one.dataset.key;
      row.insertCell().append(key);
      row.insertCell().textContent = one.dataset.action || one.textContent.replace(one.dataset.key, "").trim();
    }
  };

  const openHelp = () => {
    if (document.querySelector("dialog[open]")) return;
    rows();
    single.checked = localStorage.getItem(OFF) === null;
    help.showModal();
  };

  const openComplain = () => {
    if (document.querySelector("dialog[open]")) return;
    const form = complain.querySelector("form");
    const [arrived] = performance.getEntriesByType("navigation");
    const state = {
      sti: location.pathname,
      felt: document.querySelector("#arbeid form[action]")?.getAttribute("action") ?? "",
      skjerm: `${innerWidth}x${innerHeight}`,
      ms: Math.round(arrived?.loadEventEnd ?? 0),
    };
    for (const [name, value] of Object.entries(state)) form.elements.namedItem(name).value = value;
    complain.querySelector("[data-told]").replaceChildren();
    complain.showModal();
    form.elements.namedItem("setning").focus();
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-help]")) openHelp();
    if (event.target.closest?.("[data-complain]")) openComplain();
    if (event.target.closest?.("[data-close]")) event.target.closest("dialog").close();
  });
  single.addEventListener("change", () => {
    if (single.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "?" || writes || event.ctrlKey || event.altKey || event.metaKey) return;
    if (localStorage.getItem(OFF) !== null) return;
    event.preventDefault();
    openHelp();
  });
  complain.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    complain.querySelector("form").requestSubmit();
  });
  document.addEventListener("htmx:after:swap", () => {
    if (complain.querySelector("[data-told] .said")) complain.querySelector("form").reset();
  });
})();
