// Live pages: parts that show what has changed (stream.js tells of it) are fetched and morphed.
"use strict";
(() => {
  htmx.config.defaultSettleDelay = 0; // what has been put in answers its keys at once: no moment as a plain form

  document.addEventListener("htmx:config:request", (event) => {
    const request = event.detail?.ctx?.request;
    if (request && request.method !== "GET") request.headers["x-csrf-token"] = document.body.dataset.bevis;
  });

  const focus = () => {
    const wanted = document.querySelector("[data-focus]");
    if (!wanted) return;
    wanted.removeAttribute("data-focus");
    const { top } = wanted.getBoundingClientRect(); // what is in sight already does not move the page
    wanted.focus({ preventScroll: top >= 0 && top < innerHeight - 60 });
    if (wanted.matches("input[aria-invalid]")) wanted.select(); // what is typed next stands in its place
    wanted.querySelector("mark")?.scrollIntoView({ block: "center" });
  };

  document.addEventListener("htmx:after:swap", focus);
  focus();

  const isTyping = (part) => {
    const at = document.activeElement;
    return part.contains(at) && at.matches("input, textarea, select") && part.dataset.keep !== undefined;
  };

  // A part is fetched once at a time, and not more often than REST says: what changes meanwhile is in the next fetch.
  const REST = 150;
  const UNATTENDED = { "fellesjournal-unattended": "1" }; // nobody need be there: it does not keep the session open
  const underway = new Map();

  const fetchPart = async (id) => {
    underway.set(id, false);
    const part = document.getElementById(id);
    const rested = new Promise((done) => setTimeout(done, REST));
    if (part && !isTyping(part)) {
      await htmx.ajax("GET", part.dataset.part, { source: part, target: part, swap: "outerMorph", headers: UNATTENDED });
    }
    await rested;
    const isStale = underway.get(id);
    underway.delete(id);
    if (isStale) fetchPart(id);
  };

  const stale = (id) => {
    if (underway.has(id)) underway.set(id, true);
    else fetchPart(id);
  };

  const refresh = (types) => {
    for (const part of document.querySelectorAll("[data-part]")) {
      const shows = part.dataset.shows.split(" ");
      if (types && !types.some((one) => shows.includes(one))) continue;
      stale(part.id);
    }
  };

  // A part whose fetch failed is fetched again: the stream goes on from where it is, not from where the part is.
  const FAILED = 2000, BROKEN = 10_000;
  document.addEventListener("htmx:error", (event) => {
    const part = event.detail?.ctx?.sourceElement?.closest?.("[data-part]");
    if (part) setTimeout(() => stale(part.id), FAILED);
  });

  // A fault of the server takes nothing from the screen (noSwap): it is told, and parts are fetched again.
  const failed = document.querySelector("[data-failed]");
  let broken = null; // whose request failed: what others get does not mend it
  document.addEventListener("htmx:response:error", (event) => {
    const { response, sourceElement } = event.detail.ctx;
    if (response.status < 500) return;
    broken = sourceElement;
    if (failed) failed.hidden = false;
    const part = sourceElement?.matches?.("[data-part]") && sourceElement;
    if (part) setTimeout(() => stale(part.id), BROKEN);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const { response, sourceElement } = event.detail?.ctx ?? {}; // told of a fault too, though nothing is swapped
    const isMended = response?.status < 500 && (!broken?.isConnected || sourceElement === broken);
    if (failed && isMended) failed.hidden = true;
  });

  // What has just been written here, and is shown in a part that is not live for its type.
  document.addEventListener("htmx:after:swap", () => {
    const written = document.querySelector("[data-renews]");
    const part = written && document.getElementById(`del-${written.dataset.renews}`);
    written?.removeAttribute("data-renews");
    if (part) stale(part.id);
  });

  // How old something is, and what no change is told of: parts that say so are fetched anew while they are in sight.
  const AGES = 120_000;
  setInterval(() => {
    if (document.hidden) return;
    for (const part of document.querySelectorAll("[data-part][data-ages]")) stale(part.id);
  }, AGES);

  document.addEventListener("record:change", (event) => refresh(event.detail));
})();
