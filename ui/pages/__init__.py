"""The few pages made by hand."""
