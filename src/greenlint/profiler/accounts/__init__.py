"""How a pair of readings becomes joules with uncertainty: one account per kind of source."""
