// What stands on the screen is hidden when the session is locked: by itself when nobody does anything, or in another tab.
// Where something is typed that is not saved, the page is covered instead of left, and stands as it was when it is opened.
"use strict";
(() => {
  const ADDRESS = "/logg-inn/bruk";
  const { idle: seconds, who } = document.body.dataset;
  const cover = document.querySelector("[data-cover]");
  if (!seconds || !cover) return;
  const IDLE = seconds * 1000;
  const TOLD = Math.min(60_000, IDLE / 4); // how often the server is told that somebody is here
  const LOOK = 5_000;

  let used = Date.now(), told = used, asks = used + IDLE;

  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    addEventListener(kind, () => { used = Date.now(); }, { passive: true, capture: true });
  }

  const session = async (isUsed) => {
    const headers = isUsed ? {} : { "fellesjournal-unattended": "1" };
    const answer = await fetch(ADDRESS, { headers });
    if (!answer.ok) throw new Error(`The session was not told: ${answer.status}`);
    return answer.json();
  };

  const isTyped = (field) => {
    if (field.matches("select")) return [...field.options].some((one) => one.selected !== one.defaultSelected);
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    return !field.matches("[type=hidden], [type=search]") && field.value !== field.defaultValue;
  };
  const holdsTyped = () =>
    document.querySelector("[data-unsent]") || [...document.querySelectorAll("input, textarea, select")].some(isTyped);

  // What leaves by itself asks nobody, and shows nothing meanwhile: nobody need be there to answer.
  const leave = (go) => {
    document.documentElement.dataset.covered = "";
    go();
  };

  const lock = () => {
    const here = location.pathname + location.search;
    if (holdsTyped()) hide();
    else leave(() => location.replace(`/logg-inn/last?til=${encodeURIComponent(here)}`));
  };

  const hide = () => {
    if (cover.open) return;
    document.documentElement.dataset.covered = "";
    cover.showModal();
  };

  const show = (proof) => {
    document.body.dataset.bevis = proof; // a session that was opened again has another
    for (const field of document.querySelectorAll("input[name=bevis]")) field.value = proof;
    delete document.documentElement.dataset.covered;
    cover.close();
    used = Date.now();
  };

  const heed = (found) => {
    if (found.left && found.who !== who) leave(() => location.reload());
    else if (!found.left) lock();
    else if (cover.open) show(found.bevis);
    asks = Date.now() + found.left * 1000;
  };

  const look = async () => {
    const now = Date.now();
    const isUsed = !cover.open && used > told && now - told >= TOLD && now - used < IDLE;
    if (!isUsed && !cover.open && now < Math.max(asks, used + IDLE)) return;
    if (isUsed) told = now;
    try {
      heed(await session(isUsed));
    } catch {
      if (now - used >= IDLE) hide(); // nobody is here, and the server cannot be asked
    }
  };

  setInterval(look, LOOK);
  cover.addEventListener("cancel", (event) => event.preventDefault());
  cover.addEventListener("close", () => { if ("covered" in document.documentElement.dataset) cover.showModal(); });
  addEventListener("keydown", (event) => { if (cover.open && !cover.contains(event.target)) event.stopImmediatePropagation(); }, true);

  // Another tab that locks, or signs out, takes this one along: it is asked when that has been done.
  const tabs = new BroadcastChannel("fellesjournal-session");
  const ask = () => session(false).then(heed, () => {});
  tabs.addEventListener("message", () => [300, 1500].forEach((after) => setTimeout(ask, after)));
  addEventListener("submit", ({ target }) => {
    if (/^\/logg-inn\/(las|ut)$/.test(target.getAttribute("action"))) tabs.postMessage("ends");
  });
  addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") look(); });
})();
