"""What runs inside the sandbox: it opens the untrusted file and knows nothing of the service.

Nothing here imports Django, settings or the catalogue. `main` reads a
`ReadRequest` from standard input and writes an Arrow stream, or one fault.
"""
