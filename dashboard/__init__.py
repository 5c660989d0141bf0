"""Dateline: who did what to whom, when and where, out of news text; and its map."""
