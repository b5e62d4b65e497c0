"""Tests of what a run writes again, and what it leaves: orders of arrival, changed code, a kill."""
