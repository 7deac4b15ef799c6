export { type OpenaiRealtimeTarget, openaiRealtimeUrl } from "./openai-realtime-url.ts";
export type { Resolvable } from "./resolvable.ts";
export type { SocketEvent, SocketLike, WebSocketConstructor } from "./socket-like.ts";
export type { SocketSettings, WebSocketConnection } from "./socket-settings.ts";
export { type WebSocketOptions, webSocket } from "./web-socket.ts";
