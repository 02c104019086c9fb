"""What a conversation is about: said by whoever begins it, and put right by those who moderate."""
