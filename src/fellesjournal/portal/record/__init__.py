"""What the record holds, area by area, in plain words."""
