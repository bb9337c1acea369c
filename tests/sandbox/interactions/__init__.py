"""Commands, buttons, menus and forms of the simulated Discord."""
