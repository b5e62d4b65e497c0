"""Simulated traffic: a month of messages of any size, as extracts that can be landed.

Belongs here: what Users, devices and providers would have sent and done. Does not belong here: any
rule of the report; what the messages add up to is the models' business.
"""

from orchestration.simulation.traffic.errors import TrafficError
from orchestration.simulation.traffic.month import write_traffic

__all__ = ["TrafficError", "write_traffic"]
