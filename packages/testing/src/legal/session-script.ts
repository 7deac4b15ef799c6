import type { Entry, LocalEvent } from "@duologue/core";
import type { ClientEvent, RealtimeResponse, ServerEvent, ServerItem } from "@duologue/protocol";
import type { Chooser } from "../chooser.ts";

/** An item as whoever folds the session has to know it in the end. */
export interface LegalItem {
  readonly id: string;
  readonly type: ServerItem["type"];
  /** Of a message. */
  readonly role?: "user" | "assistant" | "system";
  /** As the wire says it: what was cancelled is incomplete. */
  readonly status: "completed" | "incomplete";
  /**
   * Its words, or the transcript of its sound; of a function call its arguments, of an output what is returned. Of an
   * MCP call what it gave back or why it failed, of a request for approval the arguments, of its answer `yes` or `no`,
   * of a list the names of the tools, with commas.
   */
  readonly text: string;
  /** The response that made it. */
  readonly response?: string;
  /** Who speaks in a user's message, segment by segment, where the transcription tells. */
  readonly speakers?: readonly string[];
  /** How many pictures a user's message has; absent for none. */
  readonly pictures?: number;
}

/** A response as it ended. */
export interface LegalResponse {
  readonly id: string;
  readonly status: RealtimeResponse["status"];
  readonly outOfBand: boolean;
}

/** A server event without its id, which the script gives it. */
type Unnamed<E> = E extends unknown ? Omit<E, "event_id"> : never;

/** The session so far: what is in its log, and what is true in the end. */
export interface SessionScript {
  readonly choose: Chooser;
  readonly entries: Entry<ClientEvent, ServerEvent>[];
  /** Ids of the conversation in order. */
  readonly order: string[];
  /** Ids of items of responses out of band, in the order of their beginning. */
  readonly outside: string[];
  readonly items: Map<string, LegalItem>;
  readonly responses: Map<string, LegalResponse>;
  /** Whether the assistant speaks, or writes. */
  readonly modality: "audio" | "text";
  /** Total tokens that were reported. */
  totalTokens: number;
  /** A name that occurs once: `item_3`. */
  id(kind: string): string;
  /** True in one of `count` cases, and false when the choices are used up. */
  perhaps(count?: number): boolean;
  server(event: Unnamed<ServerEvent>): void;
  client(event: ClientEvent): void;
  local(event: LocalEvent): void;
  /** Puts an item at `index` of the conversation, the end unless told, and says so; the id of the one before it. */
  add(item: ServerItem, index?: number): string | null;
  /** Puts an item that is complete from the beginning into the conversation: added, then done. */
  put(item: ServerItem, index?: number): void;
}

/** A script with nothing in it. */
export function sessionScript(choose: Chooser): SessionScript {
  const entries: Entry<ClientEvent, ServerEvent>[] = [];
  const order: string[] = [];
  const counts = new Map<string, number>();
  const id = (kind: string) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return `${kind}_${count}`;
  };
  // Times rise by themselves: they decide nothing.
  const at = () => entries.length * 5;
  const server = (event: Unnamed<ServerEvent>) => {
    // What `Unnamed` takes from each member of the union, this puts back.
    const named = { event_id: id("event"), ...event } as ServerEvent;
    entries.push({ at: at(), from: "server", event: named });
  };
  const add = (item: ServerItem, index = order.length) => {
    const previous = order[index - 1] ?? null;
    order.splice(index, 0, item.id);
    server({ type: "conversation.item.added", previous_item_id: previous, item });
    return previous;
  };
  return {
    choose,
    entries,
    order,
    outside: [],
    items: new Map(),
    responses: new Map(),
    modality: choose(3) === 2 ? "text" : "audio",
    totalTokens: 0,
    id,
    perhaps: (count = 2) => choose(count) === count - 1,
    server,
    client: (event) => void entries.push({ at: at(), from: "client", event }),
    local: (event) => void entries.push({ at: at(), from: "local", event }),
    add,
    put(item, index) {
      const previous_item_id = add(item, index);
      server({ type: "conversation.item.done", previous_item_id, item });
    },
  };
}
