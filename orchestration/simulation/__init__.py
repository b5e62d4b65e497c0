"""Reconstruction of the months that were really published, as extracts that can be landed.

Belongs here: turning published facts (`examples/published`) and our own words
(`examples/reconstruction`) into extracts of the landing contract. Does not belong here: any rule of
the report. The reconstruction writes rows; what they add up to is the models' business.
"""
