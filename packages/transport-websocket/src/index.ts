export { type AzureRealtimeTarget, type AzureResource, azureRealtimeUrl } from "./azure-realtime-url.ts";
export { openaiSubprotocolKey, type SubprotocolKey, xaiSubprotocolKey } from "./key-scheme.ts";
export { type OpenaiRealtimeTarget, openaiRealtimeUrl } from "./openai-realtime-url.ts";
export type { Resolvable } from "./resolvable.ts";
export type { SocketEvent, SocketLike, WebSocketConstructor } from "./socket-like.ts";
export type { SocketSettings, WebSocketConnection } from "./socket-settings.ts";
export { type WebSocketOptions, webSocket } from "./web-socket.ts";
export { type XaiRealtimeTarget, xaiRealtimeUrl } from "./xai-realtime-url.ts";
