"""Single sign-on by OpenID Connect: the operator says which providers, for which addresses, and who comes as what."""
