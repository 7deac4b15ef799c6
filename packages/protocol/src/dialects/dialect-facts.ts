import type { Check } from "../check.ts";
import type { ErrorCodeFacts } from "../error-codes.ts";
import type { ClientEvent, ServerEvent } from "../generated/types.ts";
import type { CommandRole, UnknownEvent, WireEvent } from "../protocol.ts";

/** An event type of the core protocol, of either side. */
export type CoreEventType = ClientEvent["type"] | ServerEvent["type"];

/**
 * How a provider's form of the protocol differs from OpenAI's, as data. `C` and `S` are the unions of the events that
 * clients and services have beside those of the core; `never` where there are none.
 */
export interface Dialect<C extends WireEvent = never, S extends WireEvent = never> {
  /** The provider or the form, such as `xai`. */
  readonly name: string;
  /** Who speaks it, as one sentence. */
  readonly about: string;
  /** The client events that it adds, by type. */
  readonly clientEvents: { readonly [K in C["type"]]: ExtraCommand<S["type"]> };
  /** The server events that it adds, by type, each with its validator. */
  readonly serverEvents: { readonly [K in S["type"]]: Check };
  /** Other names of core events, with the names that the core has for them. */
  readonly renamedEvents: Readonly<Record<string, CoreEventType>>;
  /** The core events that it does not have: nobody should wait for one, or send one. */
  readonly absentEvents: readonly CoreEventType[];
  /** The fields that are otherwise than in the core. */
  readonly differences: readonly FieldDifference[];
  /** The error codes that only it has, or that mean something else in it. */
  readonly errorCodes: Readonly<Record<string, ErrorCodeFacts>>;
  /**
   * Turns an event of this dialect, of either side, into the core's form. Total and pure: it never throws, keeps what
   * it does not know, and gives back the same reference where there is nothing to change.
   */
  upcast(event: WireEvent | UnknownEvent): UnknownEvent;
}

/** What is known of a client event that only a dialect has. */
export interface ExtraCommand<Answer extends string = string> {
  /** Compares it with its schema. */
  readonly check: Check;
  /** How it stands to the server session that it is sent to. */
  readonly role: CommandRole;
  /** The types of the server events that answer it; empty when nothing ever does. */
  readonly acknowledgedBy: readonly (Answer | ServerEvent["type"])[];
}

/** One field that is otherwise than in the core. */
export interface FieldDifference {
  /** The core events that have it; left out, all of them. */
  readonly events?: readonly CoreEventType[];
  /** JSON Pointer to the field: as it is sent where it is rewritten, otherwise as it is read. `*` is any one step. */
  readonly path: string;
  /** What is otherwise, as one sentence. */
  readonly what: string;
  /**
   * What becomes of it. `rewritten`: `upcast` gives it the core's form. `tolerated`: it stays, and is no issue.
   * `kept`: a field more, which the core keeps like every unknown one.
   */
  readonly handling: "rewritten" | "tolerated" | "kept";
  /** The values that are tolerated, `undefined` for a field that is missing; left out, all of them. */
  readonly values?: readonly (string | number | null | undefined)[];
}
