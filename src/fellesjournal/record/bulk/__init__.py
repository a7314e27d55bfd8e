"""Resources in and out by the thousand: import with a ledger, export from one snapshot."""
