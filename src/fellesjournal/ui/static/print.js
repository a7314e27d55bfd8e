// Paper is light: what is printed from a dark screen would be pale text without its background.
"use strict";
(() => {
  const scheme = (name) => () => document.documentElement.setAttribute("data-color-scheme", name);
  addEventListener("beforeprint", scheme("light"));
  addEventListener("afterprint", scheme("auto"));
})();
