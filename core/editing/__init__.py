"""What an editor may touch in Wagtail's editor.

The one rule is asked wherever Wagtail asks for a permission, and where it asks for none.
"""
