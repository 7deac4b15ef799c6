import { holds } from "./holds.ts";
import { idle } from "./idle.ts";
import { longAnswers } from "./long-answers.ts";
import { realTime } from "./real-time.ts";
import { sideBySide } from "./side-by-side.ts";

const usage = `node packages/emulator/bench/main.ts [real-time] [side-by-side] [idle] [long-answers] [holds]

Measures the emulator over WebSockets, servers and clients in processes of their own; without names, all of it.
  real-time      how many sessions a core carries at real-time pace
  side-by-side   start and turns beside @copilotkit/aimock
  idle           what a thousand idle sessions cost
  long-answers   how long one session's answer keeps another one waiting
  holds          how long one session holds up all others, whatever it is given`;

const parts: Readonly<Record<string, () => Promise<void>>> = {
  "real-time": realTime,
  "side-by-side": sideBySide,
  idle,
  "long-answers": longAnswers,
  holds,
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
if (names.some((name) => !Object.hasOwn(parts, name))) {
  console.error(usage);
  process.exitCode = 2;
} else {
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}`);
  for (const name of names) await parts[name]?.();
}
