"""The addresses of sign-in that we keep of allauth's; all others, sign-up too, do not exist."""

from allauth.mfa.recovery_codes.views import download_recovery_codes
from django.urls import path, re_path

from frontdesk.channels.web.sign_in import security, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/as/<slug:person>/", views.continue_as, name="continue_as"),
    path("sign-in/code/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", views.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("sign-in/password/", views.Forgotten.as_view(), name="account_reset_password"),
    path("sign-in/password/sent/", views.LinkSent.as_view(), name="account_reset_password_done"),
    re_path(
        r"^sign-in/password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "sign-in/password/chosen/",
        views.password_chosen,
        name="account_reset_password_from_key_done",
    ),
    path("sign-out/", views.SignOut.as_view(), name="account_logout"),
    path("security/", security.Security.as_view(), name="mfa_index"),
    path("security/password/", security.ChangePassword.as_view(), name="account_change_password"),
    path("security/confirm/", security.Confirm.as_view(), name="account_reauthenticate"),
    path("security/confirm/code/", security.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path(
        "security/confirm/passkey/",
        security.ConfirmByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("security/app/", security.ConnectApp.as_view(), name="mfa_activate_totp"),
    path("security/app/off/", security.DisconnectApp.as_view(), name="mfa_deactivate_totp"),
    path("security/codes/", security.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("security/codes/new/", security.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("security/codes/file/", download_recovery_codes, name="mfa_download_recovery_codes"),
    path("security/passkeys/", security.Passkeys.as_view(), name="mfa_list_webauthn"),
    path("security/passkeys/add/", security.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "security/passkeys/<int:pk>/name/",
        security.RenamePasskey.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "security/passkeys/<int:pk>/remove/",
        security.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("security/sessions/", security.Sessions.as_view(), name="usersessions_list"),
    path("security/sessions/<int:session>/end/", security.end_session, name="end_session"),
]
