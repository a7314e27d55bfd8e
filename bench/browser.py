"""The chart in Chromium: from the navigation until it is painted and answers keys."""

import shutil
from typing import Any

from playwright.sync_api import sync_playwright

from bench.report import percentile, show

VISITS, QUICK_VISITS = 100, 25
AIM = 400.0
"""Milliseconds within which nineteen of twenty charts are usable."""
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
_CLOCKS = """() => {
  const page = performance.getEntriesByType('navigation')[0];
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return [page.responseEnd, page.domContentLoadedEventEnd, paint ? paint.startTime : 0];
}"""


def bench_browser(origin: str, path: str, cookie: str, visits: int) -> dict[str, Any]:
    """p50 and p95 in milliseconds: of the answer, and until the page is painted and its scripts have run.
    Empty where there is no Chromium."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        return {}
    name, _, value = cookie.partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        context = browser.new_context(locale="nb-NO", viewport={"width": 1920, "height": 1080})
        context.add_cookies([{"name": name, "value": value, "url": origin}])
        page = context.new_page()
        answered, usable = [], []
        for number in range(-3, visits):
            page.goto(origin + path)
            page.locator("body[data-connected=true]").wait_for()
            answer, ready, painted = page.evaluate(_CLOCKS)
            if number >= 0:
                answered.append(answer)
                usable.append(max(ready, painted))
        browser.close()
    figures = {
        name: {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)}
        for name, times in (("answered", answered), ("usable", usable))
    }
    rows = [(name, *found.values()) for name, found in figures.items()]
    show(f"the chart in a browser, {visits} visits (aim: p95 {AIM:.0f} ms)", ("", "p50", "p95"), rows)
    return figures
