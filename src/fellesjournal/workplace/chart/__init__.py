"""The chart: one citizen on one page."""
