"""The screen: each file reads widgets, calls the library and shows what it gives."""
