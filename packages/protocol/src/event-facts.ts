import type { ClientEvent, ServerEvent } from "./generated/types.ts";

/**
 * How the speech of a session travels: as events (`websocket`), on a media track beside a data channel (`webrtc`),
 * or on a telephone call with a control socket beside it (`sip`).
 */
export type Medium = "websocket" | "webrtc" | "sip";

/** What an event is about: the first word of its type. */
export type EventFamily =
  | "conversation"
  | "error"
  | "input_audio_buffer"
  | "mcp_list_tools"
  | "output_audio_buffer"
  | "rate_limits"
  | "response"
  | "session";

/** What is known of a client event beside its shape. `Answer` is the union of the types that can answer. */
export interface ClientEventFacts<Answer extends string = ServerEvent["type"]> {
  readonly direction: "client";
  readonly family: EventFamily;
  /** The media on which it makes sense; services refuse or ignore it on others. */
  readonly media: readonly Medium[];
  /** The server events that answer it, the current one first; empty when nothing ever does. */
  readonly acknowledgedBy: readonly Answer[];
}

/** What is known of a server event beside its shape. */
export interface ServerEventFacts {
  readonly direction: "server";
  readonly family: EventFamily;
  /** The media on which services send it. */
  readonly media: readonly Medium[];
}

/** The client event with this `type`. */
export type ClientEventOf<T extends ClientEvent["type"]> = Extract<ClientEvent, { type: T }>;

/** The server event with this `type`. */
export type ServerEventOf<T extends ServerEvent["type"]> = Extract<ServerEvent, { type: T }>;
