"""What programs ask: read-only JSON below `/api/`, each answer what the screen shows.

`routes.register` adds it to the app; `problems` are its errors, also where somebody else refuses a request.
"""
