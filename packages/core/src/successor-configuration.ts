import type { WireEvent } from "@duologue/protocol";
import type { Continuity, Successor } from "./continuity.ts";
import { RealtimeError } from "./error.ts";
import { inForce } from "./in-force.ts";
import type { Connection } from "./transport.ts";

/** What configuring a successor needs. */
export interface SuccessorConfigurationOptions<C extends WireEvent> {
  /** What every session is configured with, or does not begin. */
  readonly configure: readonly C[];
  /** What the conversation makes of commands. */
  readonly configured: (commands: readonly C[], going: Continuity<C>) => readonly C[];
}

/**
 * Configures a link that is to take over with commands that the program has sent. Of those since the beginning one may be
 * refused, as the present session might have done: that costs nothing else. What it had replaced holds again, and what
 * travelled in it goes by another command.
 */
export function successorConfiguration<C extends WireEvent, S extends WireEvent, K extends Connection>({
  configure,
  configured,
}: SuccessorConfigurationOptions<C>) {
  /** Counts the commands that got an id here. */
  let named = 0;

  return async (next: Successor<C, S, K>, commands: readonly C[], going: Continuity<C>) => {
    next.configuration.push(...commands);
    /** By the ids under which they go out, whatever the conversation makes of them: a refusal names one. */
    const given = new Map<string, C>();
    for (const command of commands) {
      const { event_id: id } = command;
      given.set(id === undefined || given.has(id) ? `configuration_${++named}` : id, command);
    }
    let taken: string[] = [];
    for (let isRefused = true; isRefused; ) {
      isRefused = false;
      const left = [...given].map(([event_id, command]) => ({ ...command, event_id }));
      const all = configured(inForce(left), going).map((command) => ({
        command,
        form: JSON.stringify(command),
      }));
      // What has been taken stands, as far as nothing is to come before it.
      const first = all.findIndex(({ form }, index) => form !== taken[index]);
      taken = taken.slice(0, Math.max(first, 0));
      for (const { command, form } of first < 0 ? [] : all.slice(first)) {
        try {
          await next.link.carryOut(command);
          taken.push(form);
        } catch (cause) {
          const refused = given.get(command.event_id ?? "");
          if (!RealtimeError.is(cause) || cause.code !== "rejected") throw cause;
          if (refused === undefined || configure.includes(refused)) throw cause;
          isRefused = true;
          next.refused.push({ command: refused, error: cause });
          given.delete(command.event_id ?? "");
          break;
        }
      }
    }
  };
}
