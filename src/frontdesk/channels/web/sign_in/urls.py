"""The addresses of sign-in that we keep of allauth's; all others, sign-up too, do not exist."""

from allauth.mfa.recovery_codes.views import download_recovery_codes
from django.urls import include, path, re_path

from frontdesk.channels.web.sign_in import security, views

_sign_in = [
    path("", views.SignIn.as_view(), name="account_login"),
    path("as/<slug:person>/", views.continue_as, name="continue_as"),
    path("code/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("passkey/", views.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("password/", views.Forgotten.as_view(), name="account_reset_password"),
    path("password/sent/", views.LinkSent.as_view(), name="account_reset_password_done"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/chosen/",
        views.password_chosen,
        name="account_reset_password_from_key_done",
    ),
]
_security = [
    path("", security.Security.as_view(), name="mfa_index"),
    path("password/", security.ChangePassword.as_view(), name="account_change_password"),
    path("confirm/", security.Confirm.as_view(), name="account_reauthenticate"),
    path("confirm/code/", security.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path(
        "confirm/passkey/",
        security.ConfirmByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("app/", security.ConnectApp.as_view(), name="mfa_activate_totp"),
    path("app/off/", security.DisconnectApp.as_view(), name="mfa_deactivate_totp"),
    path("codes/", security.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("codes/new/", security.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("codes/file/", download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", security.Passkeys.as_view(), name="mfa_list_webauthn"),
    path("passkeys/add/", security.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/name/",
        security.RenamePasskey.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        security.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("sessions/", security.Sessions.as_view(), name="usersessions_list"),
    path("sessions/<int:session>/end/", security.end_session, name="end_session"),
]
urlpatterns = [
    path("sign-in/", include(_sign_in)),
    path("sign-out/", views.SignOut.as_view(), name="account_logout"),
    path("security/", include(_security)),
]
