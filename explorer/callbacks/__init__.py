"""The callbacks, one theme a module, each with `register`. They call; what they call is tested without a browser."""
