import type { WireEvent } from "@duologue/protocol";
import { RealtimeError } from "./error.ts";
import type { Link } from "./link.ts";
import type { Connection } from "./transport.ts";

/**
 * What it takes to go on in another server session as if it were the same: services resume nothing. The
 * conversation knows; see `Session.continueWith`.
 */
export interface Continuity<C extends WireEvent> {
  /**
   * What a server session is configured with in place of `commands`: those that the program gave, and in a later
   * session those that it has sent since, in their order. Asked for each link when its server has greeted us, and again
   * for what is sent while that link waits to take over, and without a command that the server has refused; as they are
   * unless told. In a later session each has an `event_id`, by which a refusal of it is known: one that is changed keeps it.
   */
  configuration?(commands: readonly C[]): readonly C[];
  /**
   * The commands that bring a session, which was given `seeded` before, to what was said by now. Empty when there is
   * nothing to add. Called again until it is.
   */
  history(seeded: readonly C[]): readonly C[];
  /** Whether nobody speaks or is about to, so that the session can be replaced without anybody noticing. */
  isQuiet(): boolean;
  /**
   * The commands that tell the first server session what was said before it, where the conversation began earlier.
   * They are carried out once that session is configured, and before it is `ready`.
   */
  prologue?(): readonly C[];
  /** Whether a command of this id would be taken for one of an earlier session. */
  isTaken?(commandId: string): boolean;
  /**
   * A command of the program as the present server session understands it: what an earlier one made may go by other
   * names there, or not be there at all. Asked each time that one goes out, also again, with the command as it was
   * given; it is that unless told. Its `type` and `event_id` stay, or it does not go out: `invalid_state`. What goes out is
   * what is logged, and acknowledged.
   */
  outgoing?(command: C): C;
}

/** A link that is going to take the place of another. */
export interface Successor<C extends WireEvent, S extends WireEvent, K extends Connection> {
  /** Counts the links of a session from 1. */
  readonly number: number;
  readonly link: Link<C, S, K>;
  /** The commands of the program that its configuration takes account of. */
  readonly configuration: C[];
  /** Those of them that its server refused, which are missing there. */
  readonly refused: { readonly command: C; readonly error: RealtimeError }[];
  /** The commands that told it what was said. */
  readonly seeded: C[];
}

const maxRounds = 20;

/**
 * Tells a successor what was said until nothing is left to tell. A command that its server refuses, or that is too
 * large for its link, is reported to `onRefused` and left out: one item that cannot be rebuilt does not cost the others.
 */
export async function fill<C extends WireEvent, S extends WireEvent, K extends Connection>(
  successor: Successor<C, S, K>,
  continuity: Continuity<C>,
  onRefused: (error: RealtimeError) => void,
): Promise<void> {
  for (let round = 0; round < maxRounds; round++) {
    const commands = continuity.history(successor.seeded);
    if (commands.length === 0) return;
    successor.seeded.push(...commands);
    await tell(successor.link, commands, onRefused);
  }
  throw new RealtimeError("invalid_state", "The history of the conversation does not come to an end.");
}

/**
 * Carries commands out in their order, all at once. Those that the server refuses, and those that the link does not
 * carry, are reported and left out.
 */
export async function tell<C extends WireEvent, S extends WireEvent, K extends Connection>(
  link: Link<C, S, K>,
  commands: readonly C[],
  onRefused: (error: RealtimeError) => void,
): Promise<void> {
  const outcomes = await Promise.allSettled(commands.map((command) => link.carryOut(command)));
  for (const outcome of outcomes) {
    if (outcome.status === "fulfilled") continue;
    const error = RealtimeError.from(outcome.reason, "closed");
    if (error.code !== "rejected" && error.code !== "frame_too_large") throw error;
    onRefused(error);
  }
}
