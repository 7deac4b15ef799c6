import { espeakVoice } from "../src/node/espeak-voice.ts";
import { listen } from "../src/node/listen.ts";
import { tellCosts } from "./costs.ts";

/**
 * The server program: `node long-answer-server.ts [espeak-ng]`; says a sentence as often as the instructions of the
 * response tell.
 */
const { url } = await listen({
  firstOutputMs: 0,
  ...(process.argv[2] === "espeak-ng" && { voice: espeakVoice() }),
  brain: ({ instructions }) => ({
    say: "In Lisbon it is sunny, with a light breeze from the sea. ".repeat(Number(instructions)),
  }),
});
tellCosts(url);
