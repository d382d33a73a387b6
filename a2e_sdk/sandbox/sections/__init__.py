"""The sections of the API that have a behaviour of their own in the sandbox."""
