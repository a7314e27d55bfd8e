"""What a person at the keyboard can mend."""


class Trouble(Exception):
    """The machine or its set-up prevents the work: one clear sentence, shown without a stack trace."""
