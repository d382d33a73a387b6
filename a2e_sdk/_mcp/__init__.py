"""The server of the Model Context Protocol: A2E for agents, as ``a2e mcp`` serves it.

This package owns the tools that an agent sees, and what keeps it within bounds: the confirmation of
prices, the folder of files, and the handling of text that others wrote. Starts, the journal, the
budget and downloads are the client's; options and signals of the command are in ``cli``. Pure are
``tools``, ``engines``, ``prices``, ``texts``, ``failures`` and the rule of names in ``folder``. Of
it, ``server``, ``stdio`` and ``http`` alone import the package ``mcp`` (extra ``mcp``). Only the
command imports this package.
"""
