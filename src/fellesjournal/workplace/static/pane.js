// The work pane: what is typed before it is there goes into its first field, and undo stays when it is left.
"use strict";
(() => {
  const pane = document.getElementById("arbeid");
  if (!pane) return;
  const UNDO = "[data-key=F3]";
  const FIELDS = "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=date], [type=file])";

  let typed = null; // what has been typed since the pane was asked for; null when it is not on its way

  document.addEventListener("htmx:before:request", (event) => {
    if (event.detail.ctx.target === pane) typed = "";
  });
  document.addEventListener("htmx:finally:request", (event) => {
    if (event.detail.ctx.target === pane) typed = null;
  });
  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest?.("input, textarea, select, dialog");
    if (typed === null || writes || event.key.length > 1 || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    typed += event.key;
  }, true);

  const give = () => {
    const field = document.activeElement;
    if (!typed || !pane.contains(field) || !field.matches(FIELDS)) return;
    if (field.selectionStart === null) field.value += typed;
    else field.setRangeText(typed, field.selectionStart, field.selectionEnd, "end");
    typed = "";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };

  const kept = document.createElement("div");
  kept.className = "undo-kept";
  pane.before(kept);

  document.addEventListener("htmx:before:swap", (event) => {
    const { target, sourceElement } = event.detail.ctx;
    if (target !== pane) return;
    const said = pane.querySelector(`.said:has(${UNDO})`);
    if (kept.contains(sourceElement)) kept.replaceChildren();
    if (!said || said.contains(sourceElement)) return;
    said.removeAttribute("role"); // it has been said
    kept.replaceChildren(said);
  });
  document.addEventListener("htmx:finally:swap", (event) => {
    if (event.detail.ctx.target !== pane) return;
    if (pane.querySelector(UNDO)) kept.replaceChildren();
    give();
  });
})();
