"""Readers of the packages and files that the place data is made from, one a source."""
