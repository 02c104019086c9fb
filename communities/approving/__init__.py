"""Who agrees to what others wrote for a community, and how it is asked: the hub's own pages and the editor alike."""
