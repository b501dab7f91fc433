"""What a file brought as evidence is: its kind by its content, never by its ending alone; its name as text."""
