"""The Performance Measurement Report: landing, dbt, checks and the issue, run by Dagster."""
