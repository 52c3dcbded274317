"""A small network that reads texts for a question and says which sentences answer it, and with which words.

NumPy only. Knows nothing of archives, passages or how quotes are chosen. Made by ``training/reader`` (see ``MODEL_CARD.md``).
"""

from qa.reader.reader import Reader
from qa.reader.reading import NOTHING, Best, Reading

__all__ = ["NOTHING", "Best", "Reader", "Reading"]
