"""The commands of the command line, one module a group; each is one call of the library."""
