// Emergency access: the number that was typed in the palette is in the fragment, and stays out of every log.
"use strict";
(() => {
  const number = new URLSearchParams(location.hash.slice(1)).get("nummer");
  const field = document.getElementById("nummer");
  if (!number || !field) return;
  field.value = number;
  history.replaceState(null, "", location.pathname);
  document.querySelector("input[name=grunn]").focus();
})();
