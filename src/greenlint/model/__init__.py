"""Plain data that every layer shares: frozen dataclasses and enums, standard library only."""
