"""The API: the provider's own programs say and ask what people do on the pages."""
