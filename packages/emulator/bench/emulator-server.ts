import { listen } from "../src/node/listen.ts";
import { answer } from "./answer.ts";
import { tellCosts } from "./costs.ts";

/** The server program: `node emulator-server.ts [pace]`; answers without any delay, and with frames of 20 ms of sound. */
const { url } = await listen({
  pace: Number(process.argv[2] ?? 8),
  chunkMs: 20,
  firstOutputMs: 0,
  textPieceMs: 0,
  rateLimitsMs: 0,
  maxSessions: 20_000,
  brain: () => ({ say: answer }),
});
tellCosts(url);
