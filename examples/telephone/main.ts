import { emulator } from "@duologue/emulator";
import { openaiRealtimeUrl } from "@duologue/transport-websocket";
import { nodeWebSocket } from "@duologue/transport-websocket/node";
import { switchboard } from "./switchboard.ts";

// Waits for calls. With OPENAI_API_KEY the real service answers them, otherwise an emulator in this process.

const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: base, PORT = "8080" } = process.env;

const scenario = {
  turns: [
    { say: "Good morning. What can I do for you?" },
    {
      say: "I would like to, and I am going to tell you all about it, from the very beginning, step by step.",
    },
    { tools: [{ name: "hang_up", arguments: {} }] },
    { say: "Goodbye." },
  ],
};
const transport = apiKey
  ? nodeWebSocket({ url: openaiRealtimeUrl({ model: "gpt-realtime", base }), apiKey })
  : emulator({ scenario }).transport();

const { port, close } = await switchboard({ transport, port: Number(PORT), onNews: console.log });
console.log(`http://127.0.0.1:${port}/incoming`);
process.once("SIGINT", () => void close()).once("SIGTERM", () => void close());
