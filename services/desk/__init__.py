"""The desk: transaction, rights, journal, keys and store."""
