import { type Entry, readRecording, realtimeSession, replaySession } from "@duologue/core";
import { openaiRealtime, openaiTranslation } from "@duologue/protocol";
import { azure, beta, dialect, openai, xai } from "@duologue/protocol/dialects";
import { scriptedPeer } from "@duologue/testing";
import { scan } from "rxjs";
import {
  bareConversation,
  type ConversationItem,
  conversation,
  type FunctionCallItem,
  initialState,
  type MessageItem,
  reduce,
} from "../src/index.ts";

// Compiled, never run: which sessions a conversation follows, and what its items are.

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <Claim extends true>(claim?: Claim) => claim;

const { transport } = scriptedPeer();

// Every dialect, as the core protocol itself.
const grok = realtimeSession({ protocol: dialect(openaiRealtime, xai), transport });
const voiceLive = realtimeSession({ protocol: dialect(openaiRealtime, azure), transport });
const talk = conversation(realtimeSession({ protocol: openaiRealtime, transport }));
conversation(realtimeSession({ protocol: dialect(openaiRealtime, openai), transport }));
conversation(realtimeSession({ protocol: dialect(openaiRealtime, beta), transport }));
conversation(grok);
bareConversation(voiceLive);
const recording = readRecording("");
conversation(replaySession({ recording, protocol: dialect(openaiRealtime, azure) }).session, { live: false });

// The session keeps what its dialect has.
grok.send({ type: "conversation.item.commit" });
voiceLive.send({ type: "session.avatar.connect", client_sdp: "v=0" });
grok.log$.pipe(scan(reduce, initialState)).subscribe(({ items }) => {
  holds<Same<typeof items, readonly ConversationItem[]>>();
});
talk.steps$.subscribe(({ entry }) => holds<Same<typeof entry extends Entry ? true : false, true>>());

// @ts-expect-error a translation takes no commands of a conversation
conversation(realtimeSession({ protocol: openaiTranslation, transport }));

// What is waited for is what its predicate says.
const call = await talk.waitForItem((item) => item.type === "function_call");
holds<Same<typeof call, FunctionCallItem>>();
const isHeard = (item: ConversationItem): item is MessageItem =>
  item.type === "message" && item.status === "completed";
const heard = await talk.waitForItem(isHeard, { timeoutMs: 1000 });
holds<Same<typeof heard, MessageItem>>();
const ended = await talk.waitForItem((item) => item.status === "completed");
holds<Same<typeof ended, ConversationItem>>();
const named = await talk.waitForItem("item_1");
holds<Same<typeof named, ConversationItem>>();
