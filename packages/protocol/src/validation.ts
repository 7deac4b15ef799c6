import type { Check } from "./check.ts";
import type { ClientEvent, ServerEvent } from "./generated/types.ts";
import { clientChecks, serverChecks } from "./generated/validators.ts";
import type { Issue, WireEvent } from "./protocol.ts";

/** Compares events with their schemas. Handed to a protocol, so that who does without carries none of it. */
export interface Validation<C extends WireEvent = ClientEvent, S extends WireEvent = ServerEvent> {
  /** Where a client event of a known type differs from its schema; empty when it conforms. Never throws. */
  client(event: C): readonly Issue[];
  /** Where a server event of a known type differs from its schema; empty when it conforms. Never throws. */
  server(event: S): readonly Issue[];
}

/** Validation by two tables of checks, each with the types of its side's events. */
export function validationBy<C extends WireEvent, S extends WireEvent>(
  clients: { readonly [K in C["type"]]: Check },
  servers: { readonly [K in S["type"]]: Check },
): Validation<C, S> {
  return {
    client: (event) => issuesBy(clients, "client", event),
    server: (event) => issuesBy(servers, "server", event),
  };
}

/** Validation of every event against every field of its schema. Unknown fields are in order. */
export const fullValidation: Validation = /* @__PURE__ */ validationBy<ClientEvent, ServerEvent>(
  clientChecks,
  serverChecks,
);

const none: readonly Issue[] = Object.freeze([]);

function issuesBy(
  checks: Readonly<Record<string, Check>>,
  side: "client" | "server",
  event: WireEvent,
): readonly Issue[] {
  const { type } = event;
  const check = typeof type === "string" && Object.hasOwn(checks, type) ? checks[type] : undefined;
  if (check !== undefined) return check(event) ?? none;
  return [
    { path: "/type", message: `expected a ${side} event of the protocol, found ${JSON.stringify(type)}` },
  ];
}
