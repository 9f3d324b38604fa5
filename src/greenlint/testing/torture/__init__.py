"""The torture table: machines whose energy counters are odd, broken or dead, and what an energy tool must say on each.

cases   the machines, with their true power or the reason for which a value must be refused
world   puts any program onto such a machine: `python -m greenlint.testing.torture.world CASE -- PROGRAM`
window  greenlint's own measurement there; judge  whether that is right
"""
