import type { WireEvent } from "@duologue/protocol";

/**
 * The commands that still have a say, in their order: a configuration replaces what it names, so that one whose every
 * member a later one of its type sets anew has none.
 */
export function inForce<C extends WireEvent>(commands: readonly C[]): readonly C[] {
  return commands.filter(
    (command, index) =>
      !commands.slice(index + 1).some((later) => later.type === command.type && sets(later, command)),
  );
}

/** Whether `later` has every member that `earlier` has, at every depth; lists and plain values are replaced whole. */
function sets(later: unknown, earlier: unknown): boolean {
  if (!isObject(later) || !isObject(earlier)) return true;
  return Object.entries(earlier).every(
    ([name, value]) =>
      name === "event_id" || value === undefined || (later[name] !== undefined && sets(later[name], value)),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
