import type { Bundle } from "./bundles.ts";

const protocol = `import { realtimeProtocol } from "@duologue/protocol"; export const protocol = realtimeProtocol();
export { realtimeSession } from "@duologue/core";`;
const webRtc = `export { webRtc } from "@duologue/transport-webrtc";`;
const webSocket = `export { webSocket } from "@duologue/transport-websocket";`;
const bare = `export { bareConversation } from "@duologue/conversation";`;
const whole = `export { conversation } from "@duologue/conversation";`;

/** What a page brings for a conversation, RxJS included. */
export const sessionBundles: readonly Bundle[] = [
  {
    name: "a session without a transport",
    contents: "protocol without validation, core, RxJS",
    program: protocol,
    mostGzipBytes: 15_300,
  },
  {
    name: "a page on a WebSocket",
    contents: "the same, `bareConversation`, WebSocket",
    program: protocol + bare + webSocket,
    mostGzipBytes: 42_300,
  },
  {
    name: "a page on a call",
    contents: "the same with WebRTC in its place",
    program: protocol + bare + webRtc,
    mostGzipBytes: 46_300,
  },
  {
    name: "a page on a call, with commands",
    contents: "the same with `conversation`: commands, streams, the linter of commands",
    program: protocol + whole + webRtc,
    mostGzipBytes: 54_800,
  },
  {
    name: "… and full validation",
    contents: "the same with `openaiRealtime`: every event checked against its schema",
    program: `export { openaiRealtime } from "@duologue/protocol";
      export { realtimeSession } from "@duologue/core"; ${whole}${webRtc}`,
    mostGzipBytes: 61_800,
  },
];

/** What official clients bring for a call. */
export const officialBundles: readonly Bundle[] = [
  {
    name: "`@openai/agents-realtime`, transport",
    contents: "`OpenAIRealtimeWebRTC`: events and the call, no state of the conversation",
    program: `export { OpenAIRealtimeWebRTC } from "@openai/agents-realtime";`,
  },
  {
    name: "`@openai/agents-realtime`, session",
    contents: "`RealtimeSession` and `RealtimeAgent`: history, tools, guardrails",
    program: `export { RealtimeAgent, RealtimeSession } from "@openai/agents-realtime";`,
  },
];
