"""Files people write, read into values; every mistake in them is named."""
