"""What strangers say of our papers: `make paper`."""
