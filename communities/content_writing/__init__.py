"""Writing what a community looks after on the hub's own pages: a surgery, a page of guidance.

One form, one way of keeping drafts and of asking others to publish. Rooms say what differs: ``kinds.Writing``.
"""
