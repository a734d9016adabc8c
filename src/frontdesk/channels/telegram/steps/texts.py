"""The words of the bot, in Telegram's HTML, in the order in which a person meets them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# --- the link ---------------------------------------------------------------------------------
NOT_CONNECTED = _(
    "This Telegram account is not connected. Sign in to your provider's account area and "
    "open Account &gt; Connect Telegram."
)
CONNECTED = _("Connected to %(places)s. Answers will come here. Send /start to see your tickets.")
CONNECTED_AS_NO_CLIENT = _("Connected. You are not a client here, so there are no tickets to show.")
PLACE = _("<b>%(account)s</b> at %(provider)s")
LINK_REFUSED = _(
    "This link has expired or was used. Make a new one in Account &gt; Connect Telegram."
)
UNLINKED = _(
    "Disconnected. Answers will not come here any more. To connect again, open Account &gt; "
    "Connect Telegram."
)

# --- tickets ----------------------------------------------------------------------------------
ACTIVE_TICKETS = _("<b>Your active tickets</b>\nChoose one to read it or reply.")
NO_ACTIVE_TICKETS = _("You have no active tickets. Send /createticket to ask a question.")
WAITING_FOR_YOUR_REPLY = _("Waiting for your reply")
IN_PROGRESS = _("In progress")
SOLVED = _("Solved")
HEADING = _("<b>#%(number)d · %(status)s</b>")
CLOSED_MEANWHILE = _("Ticket #%(number)d is closed. You can open a new one about it.")
NO_SUCH_TICKET = _("There is no such ticket here, or it is not shared with you.")
SURE_TO_ARCHIVE = _("Close ticket #%(number)d? It becomes read-only and leaves this list.")
ARCHIVED = _("Ticket #%(number)d is closed. You can read it in All tickets on the web.")
CLOSED_BY_SUPPORT = _("Support closed this ticket.")
CLOSED_BY_PERSON = _("%(name)s closed this ticket.")
STAFF_AUTHOR = _("%(name)s, support")
YOU = _("You")
ONLY_FILES = _("files only")
THE_REST = _("Read the rest in your account area")
FILE_ON_THE_WEB = _("“%(name)s” could not be sent here. Open it in your account area: %(url)s")

# --- a new ticket -----------------------------------------------------------------------------
WHICH_PROVIDER = _("<b>New ticket</b>\nWhich provider is it for?")
WHICH_ACCOUNT = _("Which account is it for?")
WHICH_DEPARTMENT = _("Choose a department.")
FREE = _("Free")
AVAILABLE = _("%(available)d available")
MUST_BE_PAID = _(
    "You have no available tickets. This ticket costs <b>%(price)s</b>. Balance %(balance)s, "
    "after sending %(after)s. You will confirm before it is sent."
)
CANNOT_PAY = _(
    "This ticket costs %(price)s and your balance is %(balance)s. Top up in the account area, or "
    "choose another department."
)
NOTHING_TO_PAY = _("Nothing is to be paid for this ticket now.")
PAY_AND_SEND = _(
    "Send the ticket to %(department)s for <b>%(price)s</b>? Balance after sending %(after)s."
)
PRICE_CHANGED = _("The price has changed from %(before)s to %(price)s. Nothing was charged.")
MUST_BE_PAID_NOW = _(
    "This ticket must be paid now: <b>%(price)s</b>. Balance after sending %(after)s. Nothing was "
    "charged."
)
USES_ALLOWANCE_NOW = _(
    "This ticket uses 1 of your %(available)d available tickets now. Press Complete to send it."
)
FREE_NOW = _("This ticket costs nothing now. Press Complete to send it.")
CHARGED = _("%(price)s was charged. Balance %(after)s.")
ALLOWANCE_USED = _("One of your available tickets was used.")
GO_ON = _("Go on")
TOP_UP = _("Top up")
PAY = _("Pay %(price)s and send")
DEPARTMENT_IS_GONE = _("This department takes no new tickets now.")
NO_DEPARTMENTS = _("No department takes new tickets here now.")
WHAT_ABOUT = _("What is it about? Send the subject in one line, up to %(most)d symbols.")
SUBJECT_TOO_LONG = _("The subject has %(length)d symbols, %(over)d too many. Please shorten it.")
WHICH_SERVICE = _("Which service is it about? Choose one or send its id.")
NO_SUCH_SERVICE = _(
    "You have no service “%(id)s”. Check the id, choose from the list, or press Skip."
)
DESCRIBE = _(
    "Describe your question: up to %(symbols)d symbols in a message. You can send several and "
    "attach up to %(files)d files. Press Complete when done."
)
TICKET_SENT = _(
    "Ticket <b>#%(number)d</b> is sent to %(department)s. We will write here when they answer."
)

# --- writing ----------------------------------------------------------------------------------
REPLY_TO = _("<b>Reply to #%(number)d</b>")
WRITE_REPLY = _(
    "Send your message, up to %(symbols)d symbols each. You can send several and attach up to "
    "%(files)d files. Press Complete when done."
)
ADDED = ngettext_lazy(
    "Added (%(count)d message, %(files)d of %(most)d files). Send more, or press Complete.",
    "Added (%(count)d messages, %(files)d of %(most)d files). Send more, or press Complete.",
    "count",
)
REPLY_SENT = _("Your reply to #%(number)d is sent. We will write here when support answers.")
NOTHING_YET = _("There is no message yet. Send at least one, then press Complete.")
TOO_LONG = _(
    "This message has %(length)d symbols, %(over)d too many. Please shorten it or send it in "
    "parts. Nothing before it was lost."
)
CAPTION_TOO_LONG = _(
    "The text with this file has %(length)d symbols, %(over)d too many, so it was not added. "
    "Please shorten it or send it in parts. Nothing before it was lost."
)
EDIT_TOO_LONG = _(
    "The changed message has %(length)d symbols, %(over)d too many, so its first text is kept. "
    "Please shorten it."
)
ALL_TOO_LONG = _(
    "All messages together would have %(length)d symbols, %(over)d too many, so this one was "
    "not added. Nothing before it was lost."
)
TOO_MANY_FILES = ngettext_lazy(
    "Up to %(most)d files can be sent. You have %(most)d, so %(names)s was not added. "
    "Nothing before it was lost.",
    "Up to %(most)d files can be sent. You have %(most)d, so %(names)s were not added. "
    "Nothing before them was lost.",
    "count",
)
TOO_LARGE_FOR_TELEGRAM = _(
    "“%(name)s” is %(size)s MB; by Telegram up to %(most)s MB can be sent. Use the account area "
    "for larger files."
)
TOO_LARGE = _(
    "“%(name)s” is %(size)s MB; files may be up to %(most)s MB. What you sent before is kept."
)
PROGRAM_REFUSED = _(
    "“%(name)s” cannot be sent: programs are not accepted. Put it in an archive, or describe "
    "what it does. What you sent before is kept."
)
FILE_IS_EMPTY = _("“%(name)s” is empty, so it was not added. What you sent before is kept.")
TOO_MUCH_WAITING = _(
    "“%(name)s” was not added: too many of your files wait unsent. Send or cancel what you began "
    "before. What you sent here is kept."
)
NO_ROOM = _(
    "“%(name)s” was not added: the files of your account have all the room they may have. Send a "
    "link, or ask your provider for more room. What you sent before is kept."
)
NO_ROOM_FOR_ALL = _(
    "Nothing was sent: the files of your account have all the room they may have. Cancel, and "
    "write again without files, or ask your provider for more room."
)
INFECTED = _(
    "“%(name)s” was not added: a virus was found in it. Check the device it comes from. What you "
    "sent before is kept."
)
UNSCANNED = _(
    "“%(name)s” was not added: files cannot be checked for viruses just now. Try again in a few "
    "minutes. What you sent before is kept."
)
FILE_UNREACHABLE = _(
    "“%(name)s” could not be fetched from Telegram. Please send it once more. What you sent "
    "before is kept."
)
OTHER_KIND = _(
    "Only text, photos, voice, video and files can be added. What you sent before is kept."
)
TEXT_ONLY_HERE = _("Only text can be sent at this step. Files can be attached with your question.")
CHANGE_KEPT = _("The changed text is kept.")
KEEPS_FIRST_TEXT = _(
    "Ticket #%(number)d keeps the text as you first sent it. To add something, send a reply."
)
CLOSED_WHILE_WRITING = _(
    "Ticket #%(number)d was closed while you were writing. Your text is kept: open a new ticket "
    "about this with it."
)
CLOSED_AND_KEPT = ngettext_lazy(
    "Ticket #%(number)d is closed. What you sent is kept (%(count)d message, %(files)d of "
    "%(most)d files): open a new ticket about this with it.",
    "Ticket #%(number)d is closed. What you sent is kept (%(count)d messages, %(files)d of "
    "%(most)d files): open a new ticket about this with it.",
    "count",
)
TOO_FAST = ngettext_lazy(
    "That is many tickets in a short time. Your text is kept; press Complete again in "
    "%(count)d minute.",
    "That is many tickets in a short time. Your text is kept; press Complete again in "
    "%(count)d minutes.",
    "count",
)

# --- ends -------------------------------------------------------------------------------------
CANCELLED = _("Cancelled. Nothing was sent.")
NOTHING_CHANGED = _("Nothing was changed.")
NOTHING_TO_CANCEL = _("There is nothing to cancel.")
TICKET_CANCELLED = _("Your unfinished ticket was cancelled. Nothing was sent.")
REPLY_CANCELLED = _("Your unfinished reply was cancelled. Nothing was sent.")
EXPIRED = _("This step has expired. Nothing was sent. Send /createticket or /start to begin again.")
WHAT_WAS_WRITTEN = _("This is what you had written:")
ALREADY_SENT = _("This was already sent as #%(number)d.")
STEP_IS_OVER = _("This step is over. Go on below.")
OUTSIDE = _(
    "Send /createticket to ask a question, or /start to see your tickets. To answer, use "
    "Telegram's reply on our message."
)
TROUBLE = _("Something broke on our side. What you sent is kept. Press Complete again in a minute.")
TROUBLE_OUTSIDE = _("Something broke on our side. Try again in a minute.")
TEST_MESSAGE = _("This is a test message. Telegram works.")

# --- the bot itself ---------------------------------------------------------------------------
HELP = _("<b>What you can do here</b>")
COMMANDS = (
    ("start", _("Your active tickets")),
    ("createticket", _("Ask a question")),
    ("cancel", _("Stop the ticket or reply you are writing")),
    ("language", _("Choose the language")),
    ("help", _("What you can do here")),
    ("unlink", _("Disconnect this Telegram account")),
)
WHICH_LANGUAGE = _("Choose a language.")
LANGUAGE_SET = _("I write in English now.")

# --- buttons ----------------------------------------------------------------------------------
SHOW_TICKETS = _("Show tickets")
NEW_TICKET = _("New ticket")
ADD_A_REPLY = _("Add a reply")
SHOW_TICKET = _("Show ticket")
ABOUT_THIS = _("Open a new ticket about this")
ARCHIVE = _("Archive")
BACK = _("Back")
CANCEL = _("Cancel")
COMPLETE = _("Complete")
SKIP = _("Skip")
NEWER = _("Newer")
OLDER = _("Older")
