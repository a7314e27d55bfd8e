// What is typed into a form of the work pane and not sent is there again when the form is: a key that opens
// something else takes no word. Notes are kept on the server (notes.js).
"use strict";
(() => {
  const pane = document.getElementById("arbeid");
  if (!pane) return;
  const kept = new Map(); // by form, what stood in its fields
  const typed = new WeakSet(); // the forms that somebody has typed in
  let isLeaving = false; // the screen is locked, or what was typed is sent: nothing to ask about

  const forms = () => [...pane.querySelectorAll("form[method=post]:not(.note)")];
  const named = (form) => [...form.elements].filter((one) => one.name && one.name !== "bevis");
  const fields = (form) => named(form).filter((one) => !["hidden", "file"].includes(one.type));
  const nameOf = (form) =>
    [form.getAttribute("action"), ...named(form).filter((one) => one.type === "hidden").map((one) => one.value)].join(" ");

  const keep = (form) => kept.set(nameOf(form), fields(form).map((one) => [one.name, one.value, one.checked]));

  const mark = () => pane.toggleAttribute("data-unsent", kept.size > 0); // the lock covers it, and loses none (idle.js)

  const restore = (form) => {
    const before = kept.get(nameOf(form));
    if (!before) return;
    kept.delete(nameOf(form));
    for (const [place, field] of fields(form).entries()) {
      const [name, value, checked] = before[place] ?? [];
      if (name !== field.name || (field.value === value && field.checked === checked)) continue;
      Object.assign(field, ["checkbox", "radio"].includes(field.type) ? { checked } : { value });
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    const folded = form.closest("details");
    if (folded) folded.open = true;
  };

  pane.addEventListener("input", (event) => event.target.form && typed.add(event.target.form));
  document.addEventListener("submit", (event) => {
    typed.delete(event.target);
    if (event.target.matches("[data-locks]")) isLeaving = true;
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const { target, sourceElement, request } = event.detail.ctx;
    const isSent = (form) => request?.method === "POST" && form.contains(sourceElement);
    if (target !== pane) return;
    forms().filter((one) => typed.has(one) && !isSent(one)).forEach(keep);
    mark();
  });
  document.addEventListener("htmx:finally:swap", (event) => {
    const { target, response } = event.detail.ctx;
    if (target !== pane) return;
    if (response?.status >= 400) forms().forEach((one) => typed.add(one)); // refused: what was typed stands in it
    forms().forEach(restore);
    mark();
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("textarea")?.form;
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !forms().includes(form)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  addEventListener("beforeunload", (event) => {
    const isLocked = "covered" in document.documentElement.dataset;
    if (!isLeaving && !isLocked && (kept.size || forms().some((one) => typed.has(one)))) event.preventDefault();
  });
})();
