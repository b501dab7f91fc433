"""The command line: the same intents, queries and lists as the window, for scripts."""
