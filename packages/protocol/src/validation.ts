import type { ClientEvent, ServerEvent } from "./generated/types.ts";
import { clientChecks, serverChecks } from "./generated/validators.ts";
import { isClientEventType, isServerEventType } from "./is-known.ts";
import type { Issue } from "./protocol.ts";

/** Compares events with their schemas. Handed to `realtimeProtocol`, so that who does without carries none of it. */
export interface Validation {
  /** Where a client event of a known type differs from its schema; empty when it conforms. Never throws. */
  client(event: ClientEvent): readonly Issue[];
  /** Where a server event of a known type differs from its schema; empty when it conforms. Never throws. */
  server(event: ServerEvent): readonly Issue[];
}

const none: readonly Issue[] = Object.freeze([]);

/** Validation of every event against every field of its schema. Unknown fields are in order. */
export const fullValidation: Validation = {
  client: (event) =>
    isClientEventType(event.type) ? (clientChecks[event.type](event) ?? none) : unknownType("client", event),
  server: (event) =>
    isServerEventType(event.type) ? (serverChecks[event.type](event) ?? none) : unknownType("server", event),
};

function unknownType(side: "client" | "server", { type }: { readonly type: unknown }): readonly Issue[] {
  return [
    { path: "/type", message: `expected a ${side} event of the protocol, found ${JSON.stringify(type)}` },
  ];
}
