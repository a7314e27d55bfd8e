// Enter in a field with data-first takes the first of what it has found; found too late, it is taken then.
// Of a list with data-choose none is taken so: Enter moves to the first of it.
"use strict";
(() => {
  const first = (field) => document.querySelector(`${field.dataset.first} button`);

  const take = (field) => (document.querySelector(`${field.dataset.first} [data-choose]`) ? first(field)?.focus() : first(field)?.click());

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest?.("[data-first]");
    if (!field || event.key !== "Enter") return;
    event.preventDefault();
    if (!field.dataset.found || field.dataset.found !== field.value) field.dataset.waits = "true";
    else take(field);
  });

  document.addEventListener("htmx:after:swap", () => {
    const field = document.querySelector("[data-first]");
    const list = field && document.querySelector(`${field.dataset.first} [data-for]`);
    if (!list) return;
    field.dataset.found = list.dataset.for;
    if (!field.dataset.waits || list.dataset.for !== field.value) return;
    delete field.dataset.waits;
    take(field);
  });
})();
