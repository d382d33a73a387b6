"""The JSON Schemas of the operations' input, one module for each section."""
