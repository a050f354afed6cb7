"""The login, where one is wanted: who may come in, how they stay in, and who is told to wait.

`gate.protect` puts it before the app; the rest is what it decides by.
"""
