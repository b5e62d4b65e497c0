"""Benchmarks: what the project promises of speed and memory, measured; no part of the package."""
