"""The addresses of the web: the doors, and each audience's own rooms."""

from django.urls import include, path

from frontdesk.channels.web import branding, composing, doors, files

urlpatterns = [
    path("", doors.home, name="home"),
    path("", include("frontdesk.channels.web.sign_in.urls")),
    path("<slug:provider>/brand.css", doors.brand_style, name="brand_style"),
    path("<slug:provider>/logo/", branding.logo, name="logo"),
    path("<slug:provider>/files/<int:attachment>/", files.download, name="download"),
    path(
        "<slug:provider>/files/<int:attachment>/<slug:size>.webp",
        files.preview,
        name="preview",
    ),
    path("<slug:provider>/uploads/", composing.upload, name="upload"),
    path(
        "<slug:provider>/uploads/<int:upload>/remove/",
        composing.remove_upload,
        name="remove_upload",
    ),
    path("<slug:provider>/drafts/", composing.keep_draft, name="keep_draft"),
    path("<slug:provider>/account/", include("frontdesk.channels.web.account.urls")),
    path("<slug:provider>/desk/", include("frontdesk.channels.web.desk.urls")),
    path("<slug:provider>/settings/", include("frontdesk.channels.web.settings.urls")),
    path("<slug:provider>/", include("frontdesk.channels.web.client.urls")),
]
