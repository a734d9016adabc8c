"""The icons: one stroke set on a 24 grid, drawn for Frontdesk."""

from functools import cache

from markupsafe import Markup, escape

# Which icons point somewhere, and so turn around in right-to-left pages.
POINTING = frozenset({"back", "next", "send", "wait"})

DRAWINGS = {
    "back": "<path d='m14 6-6 6 6 6'/>",
    "bell": "<path d='M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 1H5zM10 20.5h4'/>",
    "bolt": "<path d='M13 3.5 5 13.500h6l-1 7 8-10h-6z'/>",
    "building": (
        "<path d='M6 20V5a1 1 0 0 1 1-1h7a1 1 0 0 1 1 1v15M15 10h3a1 1 0 0 1 1 1v9M4 20h16M9 "
        "8h3M9 12h3M9 16h3'/>"
    ),
    "card": (
        "<rect x='3.5' y='6' width='17' height='12.5' rx='1.5'/><path d='M3.5 10.500h17M7 15h3'/>"
    ),
    "check": "<path d='m5 12.5 4.5 4.500L19 7.5'/>",
    "clip": (
        "<path d='m8 12.5 5.5-5.500a3 3 0 0 1 4.3 4.300L10.5 18.500a4.7 4.7 0 0 "
        "1-6.7-6.700L11 4.6'/>"
    ),
    "clock": "<circle cx='12' cy='12' r='8'/><path d='M12 7.500V12l3 2'/>",
    "coin": "<circle cx='12' cy='12' r='8'/><path d='M15 9a4 4 0 1 0 0 6M7.5 11H12M7.5 13H12'/>",
    "disk": (
        "<path d='M5 7c0-1.7 3.1-3 7-3s7 1.3 7 3v10c0 1.7-3.1 3-7 3s-7-1.3-7-3zM5 7c0 1.7 "
        "3.1 3 7 3s7-1.3 7-3M5 12c0 1.7 3.1 3 7 3s7-1.3 7-3'/>"
    ),
    "dots": "<path d='M6 12h.01M12 12h.01M18 12h.01'/>",
    "down": "<path d='m6 10 6 6 6-6'/>",
    "download": "<path d='M12 5v10m-4-4 4 4 4-4M5 19h14'/>",
    "file": (
        "<path d='M6.5 4h7L18 8.500V19a1 1 0 0 1-1 1H6.500a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1M13 "
        "4v5h5'/>"
    ),
    "gear": (
        "<circle cx='12' cy='12' r='3'/><path d='M12 4v3M12 17v3M4 12h3M17 12h3M6.3 "
        "6.300l2.2 2.200M15.5 15.500l2.2 2.200M6.3 17.700l2.2-2.200M15.5 8.500l2.2-2.2'/>"
    ),
    "globe": (
        "<circle cx='12' cy='12' r='8'/><path d='M4 12h16M12 4c2.5 2.4 3.5 5 3.5 8s-1 "
        "5.6-3.5 8c-2.5-2.4-3.5-5-3.5-8s1-5.6 3.5-8'/>"
    ),
    "hand": (
        "<path d='M8 12V6.500a1.5 1.5 0 0 1 3 0V11M11 6a1.5 1.5 0 0 1 3 0v5M14 7.500a1.5 1.5 "
        "0 0 1 3 0V14c0 4-2.2 6-5.3 6-2.7 0-4-1.2-5.2-3.500L4.5 13a1.4 1.4 0 0 1 2.4-1.400L8 "
        "13'/>"
    ),
    "home": "<path d='M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-5v-6h-4v6H5a1 1 0 0 1-1-1z'/>",
    "image": (
        "<rect x='4' y='5' width='16' height='14' rx='1.5'/><circle cx='9' cy='10' "
        "r='1.5'/><path d='m5 18 5-4.5 3 2.5 3-3 4 4'/>"
    ),
    "inbox": (
        "<path d='M4 13 6.5 5.5A1 1 0 0 1 7.4 5h9.2a1 1 0 0 1 .9.5L20 13v5a1 1 0 0 1-1 1H5a1 "
        "1 0 0 1-1-1zM4 13h4.5l1.5 2.5h4l1.5-2.5H20'/>"
    ),
    "info": "<circle cx='12' cy='12' r='8'/><path d='M12 11.500v4M12 8.500h.01'/>",
    "key": "<circle cx='8.5' cy='14' r='4'/><path d='m11.5 11 7.5-7M16 7l2.5 2.5'/>",
    "lock": (
        "<rect x='5.5' y='11' width='13' height='8.5' rx='1.5'/><path d='M8.5 11V8a3.5 3.5 0 "
        "0 1 7 0v3'/>"
    ),
    "mail": "<rect x='3.5' y='5.5' width='17' height='13' rx='1.5'/><path d='m4 7 8 6 8-6'/>",
    "moon": "<path d='M19 14.5A7.5 7.500 0 0 1 9.500 5 7.500 7.500 0 1 0 19 14.500z'/>",
    "next": "<path d='m10 6 6 6-6 6'/>",
    "pen": "<path d='M4 20h4L19 9l-4-4L4 16zM13 7l4 4'/>",
    "plus": "<path d='M12 5v14M5 12h14'/>",
    "progress": "<circle cx='12' cy='12' r='8' stroke-dasharray='4 3'/><path d='M12 8v4l2.5 2'/>",
    "search": "<circle cx='11' cy='11' r='6'/><path d='m15.5 15.5 4 4'/>",
    "send": "<path d='M4.5 12 20 4.5 15 20l-3.5-6.500zM11.5 13.5 20 4.5'/>",
    "server": (
        "<rect x='4' y='4.5' width='16' height='6' rx='1.5'/><rect x='4' y='13.5' width='16' "
        "height='6' rx='1.5'/><path d='M7.5 7.5h.01M7.5 16.5h.01'/>"
    ),
    "solved": "<circle cx='12' cy='12' r='8'/><path d='m8.5 12.3 2.5 2.5 4.5-5'/>",
    "sun": (
        "<circle cx='12' cy='12' r='3.5'/><path d='M12 4v1.500M12 18.500V20M4 12h1.500M18.5 "
        "12H20M6.5 6.500l1 1M16.5 16.500l1 1M6.5 17.500l1-1M16.5 7.500l1-1'/>"
    ),
    "tag": "<path d='M4 5v6.500l8.5 8.5 7-7L11 4.500H4.500zM8 8.500h.01'/>",
    "up": "<path d='m6 14 6-6 6 6'/>",
    "upload": "<path d='M12 16V5m-4 4 4-4 4 4M5 19h14'/>",
    "user": (
        "<circle cx='12' cy='8.5' r='3.5'/><path d='M5 20c.8-3.7 3.5-5.5 7-5.500s6.2 1.8 7 5.5'/>"
    ),
    "users": (
        "<circle cx='9' cy='9' r='3'/><path d='M3.5 19c.6-3 2.7-4.5 5.5-4.500s4.9 1.5 5.5 "
        "4.500M15.5 6.500a3 3 0 0 1 0 5.500M17 14.800c1.9.5 3.1 1.9 3.5 4.2'/>"
    ),
    "wait": "<path d='M10 7 5 12l5 5M5.5 12H15a4 4 0 0 1 4 4v2'/>",
    "warn": "<path d='M12 4.5 3.5 19h17zM12 10v4.500M12 17h.01'/>",
    "x": "<path d='m6 6 12 12M18 6 6 18'/>",
}


@cache
def icon(name: str, classes: str = "") -> Markup:
    """Return the drawing as inline SVG, hidden from screen readers: a word stands beside it.

    Raises KeyError for an unknown name, so that a misspelt icon is seen at once.
    """
    flip = " flip" if name in POINTING else ""
    return Markup(  # noqa: S704 - our own drawings; the classes are escaped
        f'<svg class="icon{flip} {escape(classes)}" viewBox="0 0 24 24" aria-hidden="true">'
        f"{DRAWINGS[name]}</svg>"
    )
