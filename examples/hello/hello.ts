import { conversation, textOf } from "@duologue/conversation";
import { realtimeSession } from "@duologue/core";
import { emulator } from "@duologue/emulator";
import { openaiRealtime } from "@duologue/protocol";
import { filter, firstValueFrom } from "rxjs";

const transport = emulator().transport();
const session = realtimeSession({ protocol: openaiRealtime, transport });
const talk = conversation(session);
await session.open();
talk.say("Good morning!");
const done = filter((state: typeof talk.state) => state.responses[0]?.status === "completed");
const { items } = await firstValueFrom(talk.state$.pipe(done));
for (const item of items) if (item.type === "message") console.log(`${item.role}: ${textOf(item)}`);
await session.close();
