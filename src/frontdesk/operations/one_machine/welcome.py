"""What the terminal shows once the program answers."""

from pathlib import Path

from frontdesk.operations.terminal import say

DEMO_PEOPLE = (
    ("Alice, client and owner of Alice's Bakery", "alice@client.example"),
    ("Bob, her colleague", "bob@client.example"),
    ("Carol, another client", "carol@client.example"),
    ("Sam, support agent", "sam@northhost.example"),
    ("Ada, administrator", "ada@northhost.example"),
)


def welcome(address: str, data_dir: Path, *, demo: bool, shared: bool) -> None:
    """Say where the program is, who can sign in, where the data are and how to stop."""
    say(f"\nFrontdesk is ready: {address}\n")
    if demo:
        width = max(len(who) for who, _ in DEMO_PEOPLE)
        say("Sign in, the password is always demo:")
        for who, email in DEMO_PEOPLE:
            say(f"  {who:<{width}}  {email}")
        say()
        if shared:
            say("Others can reach this demo, and its passwords are known to all.")
    say(f"Data: {data_dir}")
    say("Stop: Ctrl-C")
