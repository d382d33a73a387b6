"""What belongs to one process or one event loop: forks, loops, and names that load late.

This package owns how an object notices that it is in a forked child or in another event loop. It
knows nothing of the API and imports nothing of the SDK; every other package may import it.
"""
