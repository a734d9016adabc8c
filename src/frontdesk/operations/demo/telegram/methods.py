"""The Bot API's methods, with Telegram's limits and errors."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from frontdesk.operations.demo.telegram import parameters
from frontdesk.operations.demo.telegram.failures import ApiError, bad_request
from frontdesk.operations.demo.telegram.media import send_document, send_media_group, send_photo
from frontdesk.operations.demo.telegram.world import Json, SandboxBot, Shown, World

DOWNLOAD_BYTES = 20 * 1024 * 1024


@dataclass(slots=True)
class Call:
    """One call: who asks, with which fields and files."""

    world: World
    bot: SandboxBot
    fields: dict[str, Any]
    files: dict[str, parameters.Sent]


async def get_me(call: Call) -> Json:
    """Who the bot is."""
    return call.bot.as_user()


async def get_updates(call: Call) -> list[Json]:
    """Wait for updates; `offset` confirms all before it."""
    if call.bot.webhook_url:
        raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
    bot, world = call.bot, call.world
    offset = parameters.number(call.fields, "offset")
    while bot.updates and offset > 0 and bot.updates[0]["update_id"] < offset:
        bot.updates.popleft()
    turn = await world.new_turn(bot)
    if not bot.updates:
        seconds = min(parameters.number(call.fields, "timeout"), 50)
        await world.wait_for_updates(bot, seconds, turn)
    if bot.polls != turn:
        raise ApiError(409, "Conflict: terminated by other getUpdates request")
    limit = parameters.number(call.fields, "limit") or 100
    return list(bot.updates)[:limit]


async def set_webhook(call: Call) -> bool:
    """Send updates to an address from now on."""
    call.bot.webhook_url = str(call.fields.get("url", ""))
    call.bot.webhook_secret = str(call.fields.get("secret_token", ""))
    while call.bot.webhook_url and call.bot.updates:
        call.world.push(call.bot, call.bot.updates.popleft())
    return True


async def delete_webhook(call: Call) -> bool:
    """Back to getUpdates."""
    call.bot.webhook_url = ""
    return True


async def set_my_commands(call: Call) -> bool:
    """The command menu, by language."""
    call.bot.commands[str(call.fields.get("language_code", ""))] = call.fields.get("commands")
    return True


async def send_message(call: Call) -> Json:
    """A text with an inline keyboard."""
    person = parameters.reader(call.world, call.bot, call.fields)
    text, entities = parameters.marked_text(call.fields, "text")
    if not text:
        raise bad_request("message text is empty")
    message = call.world.new_message(person, call.bot.as_user())
    message |= {"text": text} | ({"entities": entities} if entities else {})
    message |= parameters.keyboard(call.fields) | parameters.reply_to(
        call.world, call.bot, person.id, call.fields
    )
    html = parameters.html_of(call.fields, "text")
    return call.world.show(call.bot, person.id, Shown(message, is_from_bot=True, html=html)).message


async def edit_message_text(call: Call) -> Json:
    """Another text and keyboard in place of the first."""
    shown = _own(call)
    text, entities = parameters.marked_text(call.fields, "text")
    if not text:
        raise bad_request("message text is empty")
    keyboard = parameters.keyboard(call.fields)
    _check_modified(shown, text, entities, keyboard)
    for name in ("entities", "reply_markup"):
        shown.message.pop(name, None)
    shown.message |= {"text": text} | ({"entities": entities} if entities else {}) | keyboard
    shown.html = parameters.html_of(call.fields, "text")
    return call.world.touch(shown).message


async def edit_message_reply_markup(call: Call) -> Json:
    """Another keyboard, or none."""
    shown, keyboard = _own(call), parameters.keyboard(call.fields)
    _check_modified(
        shown, shown.message.get("text", ""), shown.message.get("entities", []), keyboard
    )
    shown.message.pop("reply_markup", None)
    shown.message |= keyboard
    return call.world.touch(shown).message


async def delete_message(call: Call) -> bool:
    """Take a message back."""
    shown = _own(call, what="delete")
    shown.is_deleted = True
    call.world.touch(shown)
    return True


async def answer_callback_query(call: Call) -> bool:
    """Stop the button's spinner, perhaps with a word."""
    user_id = call.world.open_queries.pop(str(call.fields.get("callback_query_id")), None)
    if user_id is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if words := str(call.fields.get("text") or ""):
        call.world.toasts[user_id] = words
        call.world.version += 1
    return True


async def send_chat_action(call: Call) -> bool:
    """*typing* and the like: the phone does not show it."""
    parameters.reader(call.world, call.bot, call.fields)
    return True


async def get_file(call: Call) -> Json:
    """Where a file can be fetched, up to 20 MB."""
    file = call.world.files.get(str(call.fields.get("file_id")))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.file_id[:8],
        "file_size": len(file.content),
        "file_path": f"files/{file.file_id}",
    }


def _own(call: Call, what: str = "edit") -> Shown:
    user_id = parameters.number(call.fields, "chat_id")
    shown = call.world.find(call.bot, user_id, parameters.number(call.fields, "message_id"))
    if shown is None:
        raise bad_request(f"message to {what} not found")
    if not shown.is_from_bot:
        raise bad_request(f"message can't be {what}ed")
    return shown


def _check_modified(shown: Shown, text: str, entities: list[Json], keyboard: Json) -> None:
    before = (
        shown.message.get("text", ""),
        shown.message.get("entities", []),
        shown.message.get("reply_markup"),
    )
    if before == (text, entities, keyboard.get("reply_markup")):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )


METHODS: dict[str, Callable[[Call], Awaitable[Any]]] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "setMyCommands": set_my_commands,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
    "getFile": get_file,
    "sendPhoto": lambda call: send_photo(call.world, call.bot, call.fields, call.files),
    "sendDocument": lambda call: send_document(call.world, call.bot, call.fields, call.files),
    "sendMediaGroup": lambda call: send_media_group(call.world, call.bot, call.fields, call.files),
}
# These put a message into a chat, and count against its limit.
SENDING = frozenset({"sendMessage", "sendPhoto", "sendDocument", "sendMediaGroup"})
