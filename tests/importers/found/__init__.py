"""Cases that a fuzz once found: each is made anew and read; none may end in anything but a coded message."""
