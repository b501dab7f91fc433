"""The window: pages, screens and the kit that draws them."""
