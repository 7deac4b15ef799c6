import type { Refusal } from "../wire/refusal.ts";
import { isObject } from "../wire/shape.ts";
import type { Draft } from "./draft.ts";
import type { Rejection } from "./engine-input.ts";

/** The model that a configuration chooses, where it does. */
export function configuredModel(configuration: unknown): string | undefined {
  const model = isObject(configuration) ? configuration.model : undefined;
  return typeof model === "string" && model !== "" ? model : undefined;
}

/**
 * Lets a session begin with settings: they take effect as a `session.update` right after the greeting would, except
 * that the greeting shows them already and no `session.updated` follows. `command` performs a client's frame. The
 * greeting must be the last output so far. Gives why the connection is to be turned away, where it is.
 */
export function configureOpening(
  draft: Draft,
  configuration: unknown,
  command: (frame: string) => Refusal | undefined,
): Rejection | undefined {
  const greeting = draft.outputs.pop();
  const before = draft.outputs.length;
  // The model has been chosen by now; an update could not name it in a session of every kind.
  const session =
    configuredModel(configuration) === undefined
      ? configuration
      : { ...Object(configuration), model: undefined };
  const error = command(JSON.stringify({ type: "session.update", session }));
  if (error !== undefined) {
    const reason = `invalid_request_error${error.code === null ? "" : `.${error.code}`}`;
    return { error, close: { code: 4000, reason } };
  }
  const updated = draft.outputs[before];
  if (updated?.type === "send" && updated.event.type === "session.updated") {
    draft.outputs[before] = { type: "send", event: { ...updated.event, type: "session.created" } };
  } else if (greeting !== undefined) {
    draft.outputs.splice(before, 0, greeting);
  }
  return undefined;
}
