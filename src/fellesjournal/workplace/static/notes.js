// Notes: what is typed is kept on the server within half a second, phrases unfold, known values are confirmed.
"use strict";
(() => {
  const WAIT = 400, AGAIN = 3000, SOON = 50, TRIES = 20, LONG = 50_000;
  const HOLE = /\[[^\[\]\n]{1,60}\]/g;
  const dirty = new Map();
  let timer = 0, busy = false, fresh = false;

  const form = () => document.getElementById("notatskjema");
  const say = (text, lost) => {
    const line = form()?.querySelector("[data-kept]");
    if (line) line.textContent = text;
    line?.classList.toggle("fault", lost);
  };

  const wait = (time) => {
    clearTimeout(timer);
    timer = setTimeout(keep, time);
  };

  const note = (field) => {
    dirty.set(field.name, field.type === "checkbox" && !field.checked ? "" : field.value);
    wait(WAIT);
  };

  const body = (sent) => {
    const out = new URLSearchParams(sent);
    out.set("bevis", document.body.dataset.bevis);
    for (const name of ["skjema", "sett", "utkast"]) out.set(name, form().elements[name].value);
    return out;
  };

  // The session was opened anew in another window: its proof for forms is on any page.
  const renew = async () => {
    const page = await fetch(location.href);
    const found = new DOMParser().parseFromString(await page.text(), "text/html").body.dataset.bevis;
    if (found) document.body.dataset.bevis = found;
    if (found) for (const one of document.querySelectorAll("[name=bevis]")) one.value = found;
  };

  const keep = async () => {
    const to = form();
    if (!to || busy) return to && wait(WAIT);
    const sent = new Map(dirty);
    if (!sent.size) return renewed(to);
    busy = true;
    try {
      const answer = await fetch(to.dataset.keep, { method: "POST", body: body(sent), redirect: "manual" });
      const told = [409, 410].includes(answer.status); // two texts in one field; signed elsewhere
      if (!answer.ok && !told) throw answer;
      for (const [name, text] of sent) if (dirty.get(name) === text) dirty.delete(name);
      if (answer.status === 409) fresh = true;
      say(await answer.text(), told);
    } catch (fault) {
      say(fault instanceof Response ? to.dataset.leave : to.dataset.lost, true);
      if (fault instanceof Response) await renew().catch(() => {});
      busy = false;
      return wait(AGAIN);
    }
    busy = false;
    if (dirty.size) wait(WAIT);
    else renewed(to);
  };

  const renewed = (to) => {
    if (!fresh || to !== form()) return;
    fresh = false;
    htmx.ajax("GET", to.dataset.fields, { source: "#felter", target: "#felter", swap: "innerMorph" });
  };

  const now = () => {
    fresh = true;
    wait(0);
  };

  const ours = (event) => event.target.closest?.("#notatskjema") && event.target.name && event.target.type !== "hidden";

  document.addEventListener("input", (event) => {
    if (!ours(event)) return;
    note(event.target);
    if (event.target.dataset.codes) look(event.target);
  });
  document.addEventListener("change", (event) => {
    if (!ours(event)) return;
    note(event.target);
    if ("decides" in event.target.dataset) now();
  });

  document.addEventListener("note:beside", (event) => dirty.set(event.target.name, event.target.value));

  const look = async (field) => {
    const words = field.value;
    if (words.length < 2) return;
    const found = await fetch(`${field.dataset.codes}&q=${encodeURIComponent(words)}`)
      .then((answer) => (answer.ok ? answer.text() : null))
      .catch(() => null); // the page was left meanwhile
    if (found !== null && field.value === words) field.list.innerHTML = found;
  };

  const confirm = (button) => {
    const field = document.getElementById(button.dataset.for);
    const mark = button.parentElement.querySelector('[name^="kilde/"]');
    field.value = button.dataset.value;
    mark.value = button.dataset.mark;
    dirty.set(mark.name, mark.value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    button.classList.add("confirmed");
    field.focus();
  };

  document.addEventListener("click", (event) => {
    const known = event.target.closest?.("button.known");
    if (known) confirm(known);
    const more = event.target.closest?.("[data-more]");
    if (!more) return;
    dirty.set(more.dataset.more, "");
    now();
  });

  // Chromium lays a paste of hundreds of pages in line by line, for half a minute: this does it at once.
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "", at = event.target;
    if (text.length < LONG || !ours(event) || !at.matches("textarea")) return;
    event.preventDefault();
    at.setRangeText(text.replaceAll("\r\n", "\n"), at.selectionStart, at.selectionEnd, "end");
    at.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const step = (field, from) => {
    HOLE.lastIndex = from;
    const hole = HOLE.exec(field.value);
    if (hole) field.setSelectionRange(hole.index, hole.index + hole[0].length);
    return hole;
  };

  const unfold = (field) => {
    const before = field.value.slice(0, field.selectionStart);
    const [whole, name] = /(?:^|\s)\.([a-zæøå]{2,20})$/.exec(before) ?? [];
    const text = name && JSON.parse(form().dataset.phrases)[name];
    if (!text) return false;
    const start = before.length - name.length - 1;
    field.setRangeText(text, start, before.length, "end");
    if (!step(field, start)) field.setRangeText(" ", field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return whole !== undefined;
  };

  // A hole with choices is filled by their first letter, the others by what is typed.
  const fill = (field, key) => {
    const [from, to] = [field.selectionStart, field.selectionEnd];
    const hole = field.value.slice(from, to);
    if (/^\[#[^\[\]|]*\]$/.test(hole) && key.length === 1 && !/[\d,.-]/.test(key)) return true; // of a number
    if (!/^\[[^\[\]]*\|[^\[\]]*\]$/.test(hole) || key.length !== 1) return false;
    const choice = hole.slice(1, -1).split("|").find((one) => one.toLowerCase().startsWith(key.toLowerCase()));
    if (!choice) return false;
    field.setRangeText(choice, from, to, "end");
    step(field, from);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (!at.closest?.("#notatskjema")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return form().requestSubmit();
    }
    if (at.matches("textarea") && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const done =
        (event.key === " " && at.selectionStart === at.selectionEnd && unfold(at)) ||
        (event.key === "Tab" && !event.shiftKey && step(at, at.selectionEnd)) || fill(at, event.key);
      if (done) event.preventDefault();
    } else if (event.key === "Enter" && at.matches("input, select") && at.type !== "checkbox") {
      event.preventDefault();
      const known = !at.value && document.querySelector(`button.known[data-for="${CSS.escape(at.id)}"]`);
      if (known) confirm(known);
    }
  });

  document.addEventListener("htmx:after:swap", () => {
    if (!form()) return dirty.clear();
    if (form().dataset.begun) return;
    form().dataset.begun = "true";
    dirty.clear(); // what was typed in the form before this one was sent with it
    const first = ["[data-focus]", "[aria-invalid]", "select, textarea, input:not([type=hidden])"];
    first.map((one) => form().querySelector(one)).find(Boolean)?.focus();
  }, true); // before the script that takes the mark of what is wanted away

  document.addEventListener("visibilitychange", () => {
    const to = form();
    if (document.visibilityState === "hidden" && dirty.size && to)
      fetch(to.dataset.keep, { method: "POST", body: body(dirty), keepalive: true }).catch(() => {});
  });
  // A locked session keeps no draft: first what has been typed, and then the lock, which leads back to the note.
  document.addEventListener("submit", async (event) => {
    const lock = event.target, to = form();
    if (!lock.matches("[data-locks]") || !to) return;
    lock.elements.her.value = `${location.pathname}?apne=${encodeURIComponent(to.getAttribute("action"))}`;
    if (!dirty.size) return;
    event.preventDefault();
    for (let left = TRIES; dirty.size && left; left--) {
      if (!busy) await keep();
      if (dirty.size) await new Promise((done) => setTimeout(done, SOON));
    }
    lock.submit(); // what could not be kept is asked about
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty.size && form()) event.preventDefault();
  });
})();
