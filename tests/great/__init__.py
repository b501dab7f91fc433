"""A great stocktake: 20,000 cards in 600 rooms, counted by two teams."""
