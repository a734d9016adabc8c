// The client's pages: what only they need. Each part leaves a page alone that it is not for.
import { startClosing } from "./client/closing.js";
import { startLists } from "./client/lists.js";
import { startPicking } from "./client/picking.js";
import { startSubject } from "./client/subject.js";
import { startThread } from "./client/thread.js";
import { startUnsent } from "./client/unsent.js";

startUnsent();
startPicking();
startSubject();
startClosing();
startThread();
startLists();
