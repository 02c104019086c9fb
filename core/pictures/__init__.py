"""Pictures that people upload: checked and made anew by a process of its own before anything else opens them."""
