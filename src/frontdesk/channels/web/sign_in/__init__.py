"""The doors: how people come in and out, and what guards that; allauth with our pages."""
