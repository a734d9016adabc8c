// Starts what the desk's pages have beside the common parts.
import { startComposer } from "./composer.js";
import { startKeys } from "./keys.js";
import { startMenus } from "./menus.js";
import { startPalette } from "./palette.js";
import { startPresence } from "./presence.js";
import { startQueue } from "./queue.js";
import { startTicket } from "./ticket.js";

startMenus();
startComposer();
startTicket();
startPresence();
startQueue();
startPalette();
startKeys();
