"""Documents opened beside the chart: notes as text, letters as they were sent."""
