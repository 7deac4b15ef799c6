export { type Clock, systemClock } from "./clock.ts";
export type { Continuity } from "./continuity.ts";
export type { Entry, LocalEvent } from "./entry.ts";
export { RealtimeError, type RealtimeErrorCode } from "./error.ts";
export {
  type Given,
  type Kinds,
  kindsOf,
  type Optionally,
  optionsOf,
  refuse,
  waitingKinds,
} from "./given.ts";
export type { LineSink } from "./line-sink.ts";
export { type MemorySink, memorySink } from "./memory-sink.ts";
export {
  type MemoryConnection,
  type MemoryTransportOptions,
  memoryTransport,
} from "./memory-transport.ts";
export type { RequestOptions } from "./pending-commands.ts";
export type { Problem } from "./problem.ts";
export { type LogRecording, recordLog } from "./record-log.ts";
export {
  type Recording,
  type RecordingHeader,
  type RecordingProblem,
  type RecordingStop,
  readRecording,
  recordingHeader,
  recordingLine,
} from "./recording.ts";
export { type RecordingOptions, recording } from "./recording-transport.ts";
export { type RecordingSettings, type RecordingWriter, recordingWriter } from "./recording-writer.ts";
export { redacted } from "./redacted.ts";
export { isBlocks, type RedactOptions } from "./redaction.ts";
export {
  type ReplayConnection,
  type ReplayOptions,
  type ReplaySource,
  type ReplayTransport,
  replay,
} from "./replay.ts";
export { type ReplaySession, replaySession } from "./replay-session.ts";
export type { RetryPolicy } from "./retry.ts";
export { realtimeSession } from "./session.ts";
export type { RollOverPolicy, Session, SessionOptions } from "./session-options.ts";
export type { Status } from "./status.ts";
export { type StreamSink, streamSink } from "./stream-sink.ts";
export type { CloseInfo, Connection, FrameSink, Transport } from "./transport.ts";
