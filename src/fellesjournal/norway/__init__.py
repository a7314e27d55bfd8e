"""What Norway says: identity numbers, places, days, ages, rates, code lists. Pure, dated, sources named."""
