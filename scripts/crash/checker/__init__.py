"""Reads what Summa wrote, and says where it is wrong.

Written apart from the product, from the documents alone: the schema, docs/events and the design. It shares no line with
the program it judges, so that a mistake in one is not a mistake in both.
"""
