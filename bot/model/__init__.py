"""The nouns of Concord: frozen values and enums, standard library only."""
