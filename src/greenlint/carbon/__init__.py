"""Carbon, derived from energy when it is asked for; dated factors with source and interval, never stored in a sample."""
