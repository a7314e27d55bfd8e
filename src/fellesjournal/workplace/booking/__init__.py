"""Booking at the workplace: asking for times, the day and the week, the reception, capacity."""
