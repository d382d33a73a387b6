"""What a client is given: key, region, time-outs, retries, hooks and the drift observer.

This package owns the settings and the reading of the environment, checked before the first call. It
leaves what is done with them to `_http`, `_files` and the clients. It imports `_checks` and
`errors`.
"""
