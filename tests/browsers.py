"""Debian's Chromium, which the tests of screens look at them in."""

import shutil

import pytest

from checks import BROWSERS

CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
"""Marks what cannot be tried without one."""
