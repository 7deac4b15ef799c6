import { conversation, textOf } from "@duologue/conversation";
import { realtimeSession } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { openaiRealtimeUrl } from "@duologue/transport-websocket";
import { nodeWebSocket } from "@duologue/transport-websocket/node";
import { filter, firstValueFrom } from "rxjs";

const { OPENAI_API_KEY: apiKey = "", OPENAI_BASE_URL: base } = process.env;
const transport = nodeWebSocket({ url: openaiRealtimeUrl({ model: "gpt-realtime", base }), apiKey });
const session = realtimeSession({ protocol: openaiRealtime, transport });
const talk = conversation(session);
await session.open();
talk.say("Good morning!");
const done = filter((state: typeof talk.state) => state.responses[0]?.status === "completed");
const { items } = await firstValueFrom(talk.state$.pipe(done));
for (const item of items) if (item.type === "message") console.log(`${item.role}: ${textOf(item)}`);
await session.close();
