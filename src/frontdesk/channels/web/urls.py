"""The addresses of the web: the doors, and each audience's own rooms."""

from django.urls import URLPattern, URLResolver, include, path

from frontdesk.channels.web import branding, composing, doors, files

_of_provider: list[URLPattern | URLResolver] = [
    path("brand.css", doors.brand_style, name="brand_style"),
    path("logo/", branding.logo, name="logo"),
    path("files/<int:attachment>/", files.download, name="download"),
    path("files/<int:attachment>/<slug:size>.webp", files.preview, name="preview"),
    path("uploads/", composing.upload, name="upload"),
    path("uploads/<int:upload>/remove/", composing.remove_upload, name="remove_upload"),
    path("drafts/", composing.keep_draft, name="keep_draft"),
    path("account/", include("frontdesk.channels.web.account.urls")),
    path("desk/", include("frontdesk.channels.web.desk.urls")),
    path("settings/", include("frontdesk.channels.web.settings.urls")),
    path("", include("frontdesk.channels.web.client.urls")),
]

urlpatterns = [
    path("", doors.home, name="home"),
    path("", include("frontdesk.channels.web.sign_in.urls")),
    path("<slug:provider>/", include(_of_provider)),
]
