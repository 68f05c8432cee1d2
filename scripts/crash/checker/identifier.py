"""Identifiers as they are outside: a prefix, `_`, and 13 characters of Crockford's base 32 for a number of 63 bits."""

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
VALUES = {character: value for value, character in enumerate(ALPHABET)}


def number(text):
    """The number an identifier stands for; None for what is none."""
    digits = (text or "").partition("_")[2]
    if len(digits) != 13 or any(digit not in VALUES for digit in digits):
        return None
    value = 0
    for digit in digits:
        value = value * 32 + VALUES[digit]
    return value


def text(prefix, value):
    digits = ""
    for _ in range(13):
        digits = ALPHABET[value % 32] + digits
        value //= 32
    return f"{prefix}_{digits}"
