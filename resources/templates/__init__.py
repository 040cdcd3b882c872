"""The Word templates the program ships, and the script and texts they are made from."""
