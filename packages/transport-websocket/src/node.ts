export { type AzureRealtimeTarget, type AzureResource, azureRealtimeUrl } from "./azure-realtime-url.ts";
export type { HttpRefusal } from "./http-refusal.ts";
export {
  azureKey,
  bearerKey,
  type HeaderKey,
  type KeyScheme,
  openaiSubprotocolKey,
  type SubprotocolKey,
  xaiSubprotocolKey,
} from "./key-scheme.ts";
export { type NodeWebSocketOptions, nodeWebSocket } from "./node-web-socket.ts";
export { type OpenaiRealtimeTarget, openaiRealtimeUrl } from "./openai-realtime-url.ts";
export { type XaiRealtimeTarget, xaiRealtimeUrl } from "./xai-realtime-url.ts";
