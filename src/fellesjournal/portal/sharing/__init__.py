"""Who is kept from the record, and who acts for whom."""
