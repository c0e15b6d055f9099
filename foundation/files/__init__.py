"""Files that people send: pictures rebuilt and shown in many sizes, private files behind signed links."""
