// The stream of an open page: the event "record:change" tells which kinds of resources changed (null: any may have).
"use strict";
(() => {
  const address = document.body.dataset.live;
  const lost = document.querySelector("[data-lost]");
  if (!address) return;

  const tell = (types) => document.dispatchEvent(new CustomEvent("record:change", { detail: types }));

  let place = document.body.dataset.place;
  const listen = () => {
    const stream = new EventSource(`${address}?fra=${place}`);
    const at = (event) => { place = event.lastEventId || place; };
    stream.addEventListener("change", (event) => { at(event); tell(JSON.parse(event.data)); });
    stream.addEventListener("resync", (event) => { at(event); tell(null); });
    stream.addEventListener("again", (event) => { at(event); stream.close(); listen(); });
    stream.onopen = () => {
      lost.hidden = true;
      document.body.dataset.connected = "true";
    };
    stream.onerror = () => {
      lost.hidden = false;
      document.body.dataset.connected = "false";
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
    };
  };
  listen();
})();
