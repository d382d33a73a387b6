"""The wire of the sandbox: requests and responses, routing, input checks, and HTTP itself."""
