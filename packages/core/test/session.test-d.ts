import {
  isServerEvent,
  openaiRealtime,
  openaiTranslation,
  type ServerEvent,
  type ServerEventOf,
} from "@duologue/protocol";
import { dialect, type XaiServerEvent, xai } from "@duologue/protocol/dialects";
import { filter } from "rxjs";
import { memoryTransport, realtimeSession } from "../src/index.ts";

// Compiled, never run: what a session says of the events that it is given and gives.

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <Claim extends true>(claim?: Claim) => claim;

const transport = memoryTransport({ accept: () => ({ frame() {}, closed() {} }) });
const session = realtimeSession({ protocol: openaiRealtime, transport });
const translation = realtimeSession({ protocol: openaiTranslation, transport });
const grok = realtimeSession({ protocol: dialect(openaiRealtime, xai), transport });

// What answers a command.
const deleted = await session.request({ type: "conversation.item.delete", item_id: "item_1" });
holds<Same<typeof deleted, ServerEventOf<"conversation.item.deleted">>>();
const { response } = await grok.request({ type: "response.create" }, { timeoutMs: 1000 });
holds<Same<typeof response, ServerEventOf<"response.created">["response"]>>();
const ended = await translation.request({ type: "session.close" });
holds<Same<(typeof ended)["type"], "session.closed">>();
const force = await grok.request({ type: "conversation.item.commit" });
holds<Same<typeof force, ServerEvent | XaiServerEvent>>();

// @ts-expect-error the item is missing
await session.request({ type: "conversation.item.delete" });
// @ts-expect-error a misspelt field
await session.request({ type: "conversation.item.delete", item_id: "item_1", itemId: "item_1" });
// @ts-expect-error a command of a dialect that the session does not speak
await session.request({ type: "conversation.item.commit" });

// What the streams carry, told apart by type.
session.events$.pipe(filter(isServerEvent)).subscribe((event) => {
  if (event.type === "response.done") holds<Same<typeof event, ServerEventOf<"response.done">>>();
});
grok.events$.pipe(filter(grok.protocol.isServerEvent)).subscribe((event) => {
  switch (event.type) {
    case "conversation.item.input_audio_transcription.updated":
      holds<Same<typeof event.transcript, string>>();
      break;
    case "response.done":
      holds<Same<typeof event.response, ServerEventOf<"response.done">["response"]>>();
  }
});
session.log$.subscribe(({ from, event }) => {
  if (from !== "server" || !isServerEvent(event) || event.type !== "error") return;
  holds<Same<typeof event.error.message, string>>();
});
