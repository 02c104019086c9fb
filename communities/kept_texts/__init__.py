"""A form of the editor that came after its sender had lost the right: what they typed is kept, with the reason."""
