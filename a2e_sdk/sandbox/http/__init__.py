"""The sandbox over HTTP: the connections that the server accepts, and what arrives on them."""
