"""What a person at the keyboard can mend."""


class Trouble(Exception):
    """The machine or its set-up prevents the work. The message is one clear sentence; no stack trace is shown."""
