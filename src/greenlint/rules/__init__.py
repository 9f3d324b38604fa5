"""The rules: one file each, in folders by group; `registry` finds them."""
