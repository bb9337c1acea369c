"""The real bot process against the simulated Discord, over real sockets, on a real database."""
