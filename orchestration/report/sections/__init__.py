"""One module per section of the report; each turns mart rows into blocks and computes nothing."""
