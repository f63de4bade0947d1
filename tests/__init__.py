"""One module per module of the pipeline; golden documents and case tables beside them."""
