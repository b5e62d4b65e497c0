"""A second, naive implementation of the rules, and the comparison of the models with it.

Belongs here: plain Python that follows the rules word by word (dataclasses, loops, `zoneinfo`,
`decimal`), random small months that provoke them, and the harness that lets the models' own SQL
work on the same months. Does not belong here: anything taken over from a model; agreement means
something only while the two were written apart.
"""
