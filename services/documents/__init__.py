"""Papers: rows in, laid-out pages out. The only place that knows a PDF library."""
