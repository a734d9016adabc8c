"""The addresses of sign-in that we keep; all others of the library are off."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
