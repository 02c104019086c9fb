"""Writing for another, as a named delegate: who may, from when until when. Both names stand there."""
