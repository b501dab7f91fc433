"""What people do and what they read: intents, queries, papers, and the desk that runs them."""
