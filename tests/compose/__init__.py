"""The stack of docker-compose.yml, run for real: apart from the product, and the only tests that need Docker."""
