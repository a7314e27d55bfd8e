"""Core information: allergies, what is critical, reservations, those who are near, how one lives and
speaks."""
