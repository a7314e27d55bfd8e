// Enter in a field with data-first takes the first of what it has found; found too late, it is taken then.
"use strict";
(() => {
  const first = (field) => document.querySelector(`${field.dataset.first} button`);

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest?.("[data-first]");
    if (!field || event.key !== "Enter") return;
    event.preventDefault();
    if (!field.dataset.found || field.dataset.found !== field.value) field.dataset.waits = "true";
    else first(field)?.click();
  });

  document.addEventListener("htmx:after:swap", () => {
    const field = document.querySelector("[data-first]");
    const list = field && document.querySelector(`${field.dataset.first} [data-for]`);
    if (!list) return;
    field.dataset.found = list.dataset.for;
    if (!field.dataset.waits || list.dataset.for !== field.value) return;
    delete field.dataset.waits;
    first(field)?.click();
  });
})();
