"""What goes on on the last day of the records, and is not over: everybody who works has something to do."""
