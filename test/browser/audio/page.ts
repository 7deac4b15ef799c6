import * as capturing from "./capturing.ts";
import * as playing from "./playing.ts";
import * as talking from "./talking.ts";

// Runs in a page, bundled. The test calls what it says by name.

const functions = { ...capturing, ...playing, ...talking };
Object.assign(globalThis, { audio: functions });

// Whatever a test calls from outside counts as a user's gesture. This must happen without one.
if (location.hash === "#blocked") await playing.tellsThatItIsBlocked();

/** What the test can call. */
export type AudioPage = typeof functions;
