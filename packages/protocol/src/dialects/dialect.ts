import { decoded, type Reading } from "../decoded.ts";
import { failureOf } from "../failure.ts";
import type { ClientEvent, ServerEvent } from "../generated/types.ts";
import { isClientEvent, isServerEvent } from "../is-known.ts";
import type { RealtimeProtocol } from "../openai-realtime.ts";
import type { Issue, Protocol, WireEvent } from "../protocol.ts";
import { readingOf } from "../reading-options.ts";
import type { Dialect, ExtraCommand } from "./dialect-facts.ts";
import { withoutTolerated } from "./tolerated.ts";

/**
 * The protocol as a provider speaks it: `dialect(openaiRealtime, xai)`.
 *
 * What is read comes out in the core's form: renamed events under their core names, flat settings nested, so that
 * whatever is written against the core works. The dialect's own events are known and compared with their schemas;
 * differences that the dialect is known for are no issues. What is sent goes out as it is given.
 *
 * Everything else is as in `base`: its validation, mode and sample, its name, and how commands are answered.
 */
export function dialect<C extends WireEvent, S extends WireEvent>(
  base: RealtimeProtocol,
  spoken: Dialect<C, S>,
): Protocol<ClientEvent | C, ServerEvent | S> {
  type Client = ClientEvent | C;
  type Server = ServerEvent | S;
  const { options, ...core } = base;
  const { validation } = options;
  const extras: Readonly<Record<string, ExtraCommand>> = spoken.clientEvents;

  const isExtraCommand = (event: { readonly type: string }): event is C => Object.hasOwn(extras, event.type);
  const isClient = (event: { readonly type: string }): event is Client =>
    isClientEvent(event) || isExtraCommand(event);
  const isServer = (event: { readonly type: string }): event is Server =>
    isServerEvent(event) || Object.hasOwn(spoken.serverEvents, event.type);

  const tolerant = (event: WireEvent, issues: readonly Issue[]) =>
    withoutTolerated(event, issues, spoken.differences);
  const checkClient =
    validation &&
    ((event: Client): readonly Issue[] => {
      if (isClientEvent(event)) return tolerant(event, validation.client(event));
      return extras[event.type]?.check(event) ?? none;
    });
  const checkServer =
    validation &&
    ((event: Server): readonly Issue[] => {
      if (isServerEvent(event)) return tolerant(event, validation.server(event));
      const checks: Readonly<Record<string, ExtraCommand["check"]>> = spoken.serverEvents;
      return checks[event.type]?.(event) ?? none;
    });

  const common = { ...readingOf(options), rewritten: spoken.upcast };
  const server: Reading<Server> = { isKnown: isServer, check: checkServer, ...common };
  const client: Reading<Client> = { isKnown: isClient, check: checkClient, ...common };
  return {
    ...core,
    // A type of the core is one of the larger union, but the compiler cannot see into a parameter that far.
    greeting: base.greeting as never,
    decode: (text) => decoded(text, server),
    decodeClient: (text) => decoded(text, client),
    issuesOf: (event) => (isClient(event) ? (checkClient?.(event) ?? none) : base.issuesOf(event)),
    isServerEvent: (event) => isServer(event),
    prepare: (command, id) => {
      if (!isExtraCommand(command)) return base.prepare(command, id);
      return command.event_id ? command : { ...command, event_id: id };
    },
    isAcknowledged: (command) =>
      isExtraCommand(command)
        ? (extras[command.type]?.acknowledgedBy.length ?? 0) > 0
        : base.isAcknowledged(command),
    acknowledges: (command, event) => {
      if (isExtraCommand(command)) return extras[command.type]?.acknowledgedBy.includes(event.type) ?? false;
      return isServerEvent(event) && base.acknowledges(command, event);
    },
    roleOf: (command) =>
      isExtraCommand(command) ? (extras[command.type]?.role ?? "once") : base.roleOf(command),
    failureOf: (event) => {
      const failure = failureOf(event);
      if (failure?.code == null || !Object.hasOwn(spoken.errorCodes, failure.code)) return failure;
      const { severity = failure.severity } = spoken.errorCodes[failure.code] ?? {};
      return { ...failure, severity };
    },
    expiryOf: (event) => (isServerEvent(event) ? base.expiryOf(event) : undefined),
  };
}

const none: readonly Issue[] = Object.freeze([]);
