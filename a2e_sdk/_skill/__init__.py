"""The skill for agents: how they use the command ``a2e`` safely and cheaply.

This package owns ``SKILL.md``, in the format of agent skills, and where it is installed. What is
printed is left to ``cli``, which alone may import it.
"""
