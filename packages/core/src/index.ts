export { type Clock, systemClock } from "./clock.ts";
export type { Entry, LocalEvent } from "./entry.ts";
export { RealtimeError, type RealtimeErrorCode } from "./error.ts";
export {
  type MemoryConnection,
  type MemoryTransportOptions,
  memoryTransport,
} from "./memory-transport.ts";
export type { RequestOptions } from "./pending-commands.ts";
export type { Problem } from "./problem.ts";
export {
  type Recording,
  type RecordingHeader,
  type RecordingProblem,
  readRecording,
  recordingHeader,
  recordingLine,
} from "./recording.ts";
export { type RecordingOptions, recording } from "./recording-transport.ts";
export { redacted } from "./redacted.ts";
export {
  type ReplayConnection,
  type ReplayOptions,
  type ReplaySource,
  type ReplayTransport,
  replay,
} from "./replay.ts";
export { type ReplaySession, replaySession } from "./replay-session.ts";
export { realtimeSession, type Session, type SessionOptions } from "./session.ts";
export type { Status } from "./status.ts";
export type { CloseInfo, Connection, FrameSink, Transport } from "./transport.ts";
