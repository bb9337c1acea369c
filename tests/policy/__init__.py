"""Laws of weighing, exempting and capping."""
