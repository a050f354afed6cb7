"""What stands behind the front door: the words of the command line, the terminal, and how a command ends.

It calls the rooms and none of them knows it. Nothing heavy is imported before a command needs it.
"""
