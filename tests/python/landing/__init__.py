"""Tests of feeds and landing."""
