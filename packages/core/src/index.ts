export { type Clock, systemClock } from "./clock.ts";
export type { Entry, LocalEvent } from "./entry.ts";
export { RealtimeError, type RealtimeErrorCode } from "./error.ts";
export type { CloseInfo, Connection, FrameSink, Transport } from "./transport.ts";
