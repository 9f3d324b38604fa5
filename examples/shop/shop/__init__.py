"""A small shop: orders from CSV files, prices, reports, a static site and an order store."""
