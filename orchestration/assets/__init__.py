"""What a month consists of, step by step, as Dagster assets."""
