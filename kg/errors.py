"""What a user can put right. By itself, so that what answers from a build does not load the records of the text half."""

from __future__ import annotations


class KgError(Exception):
    """Something the user can put right: the message says what it is and what to do."""
