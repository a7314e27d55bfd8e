"""The rooms joined together: settings, the command line, the server process."""
