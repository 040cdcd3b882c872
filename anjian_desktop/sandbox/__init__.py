"""Child processes that open files from outside, with limits: whatever a file does to one, the program goes on."""
