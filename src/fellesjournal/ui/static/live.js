// Live pages: one stream tells which kinds of resources changed; parts that show them are fetched and morphed.
"use strict";
(() => {
  const address = document.body.dataset.live;
  const lost = document.querySelector("[data-lost]");
  const seen = new Set();

  document.addEventListener("htmx:config:request", (event) => {
    const request = event.detail?.ctx?.request;
    if (request && request.method !== "GET") request.headers["x-csrf-token"] = document.body.dataset.bevis;
  });

  const focus = () => {
    const wanted = document.querySelector("[data-focus]");
    if (!wanted) return;
    wanted.removeAttribute("data-focus");
    wanted.focus();
    wanted.querySelector("mark")?.scrollIntoView({ block: "center" });
  };

  document.addEventListener("htmx:after:swap", focus);
  focus();

  if (!address) return;

  const isTyping = (part) => {
    const at = document.activeElement;
    return part.contains(at) && at.matches("input, textarea, select") && part.dataset.keep !== undefined;
  };

  const refresh = (types) => {
    for (const part of document.querySelectorAll("[data-part]")) {
      const shows = part.dataset.shows.split(" ");
      if (types.some((one) => shows.includes(one)) && !isTyping(part)) {
        htmx.ajax("GET", part.dataset.part, { source: part, target: part, swap: "outerMorph" });
      }
    }
  };

  // What has just been written here, and is shown in a part that is not live for its type.
  document.addEventListener("htmx:after:swap", () => {
    const written = document.querySelector("[data-renews]");
    const part = written && document.getElementById(`del-${written.dataset.renews}`);
    written?.removeAttribute("data-renews");
    if (part) htmx.ajax("GET", part.dataset.part, { source: part, target: part, swap: "outerMorph" });
  });

  let timer = 0;
  const changed = (event) => {
    for (const one of JSON.parse(event.data)) seen.add(one);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const types = [...seen];
      seen.clear();
      refresh(types);
    }, 15);
  };

  const everything = () =>
    [...document.querySelectorAll("[data-shows]")].flatMap((one) => one.dataset.shows.split(" "));

  let broken = false;
  const listen = () => {
    const stream = new EventSource(address);
    stream.addEventListener("change", changed);
    stream.addEventListener("resync", () => refresh([...new Set(everything())]));
    stream.onopen = () => {
      lost.hidden = true;
      document.body.dataset.connected = "true";
      if (broken) refresh([...new Set(everything())]);
      broken = false;
    };
    stream.onerror = () => {
      broken = true;
      lost.hidden = false;
      document.body.dataset.connected = "false";
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
    };
  };
  listen();
})();
