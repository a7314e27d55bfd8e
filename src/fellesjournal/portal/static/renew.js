// Live pages of the portal: the page is fetched anew when what it shows has changed, and what is different is put in its
// place. What somebody writes in stays as it is, and the focus where it is. Small, since it goes to telephones.
"use strict";
(() => {
  const main = document.getElementById("innhold");
  const said = document.querySelector("[data-renewed]");
  if (main.dataset.shows === undefined) return;
  const shows = main.dataset.shows.split(" ");

  const holds = (one) => one.contains(document.activeElement);
  const isWrittenIn = (one) => one.localName === "details" && (one.open || holds(one)) && one.querySelector("form");
  const isCareful = (one) => holds(one) || isWrittenIn(one) || [...one.querySelectorAll("details")].some(isWrittenIn);
  const where = (one) => (one.localName === "li" ? one.querySelector("a[href]")?.getAttribute("href") : "");
  const key = (one) => one.id || one.getAttribute("aria-labelledby") || where(one) || "";

  const renew = (old, fresh) => {
    if (old.isEqualNode(fresh) || isWrittenIn(old)) return;
    if (!isCareful(old)) {
      unfold(old, fresh);
      old.replaceWith(fresh);
      return;
    }
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
    if (old.childElementCount || fresh.childElementCount) renewChildren(old, fresh);
    else old.textContent = fresh.textContent;
  };

  // What the reader has folded out stays so.
  const unfold = (old, fresh) => {
    const folds = [...fresh.querySelectorAll("details.older")];
    [...old.querySelectorAll("details.older")].forEach((one, at) => folds[at]?.toggleAttribute("open", one.open));
  };

  const renewChildren = (old, fresh) => {
    let at = old.firstElementChild;
    for (const one of [...fresh.children]) {
      const match = matching(at, one);
      if (!match) {
        old.insertBefore(one, at);
        continue;
      }
      while (at !== match) at = passed(at);
      at = match.nextElementSibling;
      renew(match, one);
    }
    while (at) at = passed(at);
  };

  // The one of the children left that a fresh child is the new form of.
  const matching = (at, fresh) => {
    const left = [];
    for (let one = at; one; one = one.nextElementSibling) left.push(one);
    const isSameKind = (one) => one.localName === fresh.localName && key(one) === key(fresh);
    return (
      left.find((one) => one.isEqualNode(fresh)) ||
      left.find((one) => isSameKind(one) && (key(fresh) || isCareful(one)))
    );
  };

  const passed = (one) => {
    const next = one.nextElementSibling;
    if (!isCareful(one)) one.remove();
    return next;
  };

  const fetchPage = async () => {
    const answer = await fetch(main.dataset.renews || location.href, { headers: { Accept: "text/html", "fellesjournal-unattended": "1" } });
    if (answer.redirected || answer.status === 404) {
      location.reload();
      return;
    }
    if (!answer.ok) throw new Error(`The page was not given: ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("innhold");
    if (main.isEqualNode(fresh)) return;
    renewChildren(main, fresh);
    said.textContent = said.dataset.renewed;
  };

  // One fetch at a time, and not more often than REST says: what changes meanwhile is in the next one.
  const REST = 300;
  const FAILED = 2000;
  let underway = false;
  let isStale = false;

  const stale = async () => {
    isStale = true;
    if (underway) return;
    underway = true;
    while (isStale) {
      isStale = false;
      let rest = REST;
      try {
        await fetchPage();
      } catch {
        isStale = true;
        rest = FAILED;
      }
      await new Promise((done) => setTimeout(done, rest));
    }
    underway = false;
  };

  document.addEventListener("record:change", ({ detail: types }) => {
    if (!types || types.some((one) => shows.includes(one))) stale();
  });
})();
