"""Calendars as files (RFC 5545): given away without health information, and read for absences."""
