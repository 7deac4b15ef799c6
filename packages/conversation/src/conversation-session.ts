import type { Session } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";

/**
 * A session that a conversation can follow: of the Realtime protocol, or of a dialect of it. A dialect has more events
 * of both sides than the protocol; to the conversation those are events that it does not know.
 */
export interface ConversationSession extends Session {
  /** It takes every command of the protocol; see `Session.send`. */
  readonly send: (event: ClientEvent) => void;
}

/** The session with the events that a conversation knows; all others are unknown to it. */
export function knownTo(session: ConversationSession): Session<ClientEvent, ServerEvent> {
  // What is read and what is answered to a command of the protocol is as in the protocol. An event of a dialect is a
  // type with fields, which is what an unknown one is, but an interface is none to the compiler.
  return session as Session<ClientEvent, ServerEvent>;
}
