import { type Entry, redacted } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { commandIdOf } from "./reduce/arbiter.ts";
import type { ResponseRequest } from "./turn.ts";

/** The credentials of requests for an answer while they wait: no state and no recording holds them. */
export interface KeptCredentials {
  /** Keeps what a request asks for with credentials in it, such as the tools of an MCP server. */
  note(entry: Entry<ClientEvent, ServerEvent>): void;
  /** The command with the credentials of the request that it is for, one of `requests`, or of one that shares it. */
  restored(command: ClientEvent, requests: readonly ResponseRequest[]): ClientEvent;
}

/** How many requests with credentials are kept, the latest ones: more than any program lets wait. */
const maxKept = 64;

export function keptCredentials(): KeptCredentials {
  const kept = new Map<string, object>();
  return {
    note({ from, event }) {
      if (from !== "local" || event.type !== "response.requested") return;
      const { id, response } = event;
      if (id === undefined || response === undefined || redacted(response) === response) return;
      kept.set(id, response);
      const [oldest] = kept.keys();
      if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
    },
    restored(command, requests) {
      if (command.type !== "response.create" || kept.size === 0) return command;
      const asked = requests.find((request) => commandIdOf(request) === command.event_id);
      const sharing = requests.filter(({ id, sharedWith }) => id === asked?.id || sharedWith === asked?.id);
      const response = sharing.map(({ id }) => kept.get(id)).find((each) => each !== undefined);
      return asked === undefined || response === undefined ? command : { ...command, response };
    },
  };
}
