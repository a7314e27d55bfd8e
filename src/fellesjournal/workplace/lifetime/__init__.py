"""A whole life on one page: contacts, stays, diagnoses, medicines and documents by year."""
