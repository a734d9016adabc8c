// Runs before the page is drawn: says that scripts work, and tells the server the reader's zone.
document.documentElement.classList.add("has-script");
{
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`zone=${zone}`)) {
    document.cookie = `zone=${zone};path=/;max-age=31536000;samesite=lax`;
  }
}
