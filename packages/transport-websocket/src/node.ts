export type { HttpRefusal } from "./http-refusal.ts";
export { type NodeWebSocketOptions, nodeWebSocket } from "./node-web-socket.ts";
export { type OpenaiRealtimeTarget, openaiRealtimeUrl } from "./openai-realtime-url.ts";
export type { Resolvable } from "./resolvable.ts";
export type { SocketSettings, WebSocketConnection } from "./socket-settings.ts";
