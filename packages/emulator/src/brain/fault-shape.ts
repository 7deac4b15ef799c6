import { serverEvents, translationServerEvents } from "@duologue/protocol";
import type { Fault } from "../engine/fault.ts";
import { closeCodeShape, closeReasonShape } from "../wire/close-code.ts";
import { jsonObjectShape } from "../wire/json-object.ts";
import { fieldRefusal } from "../wire/refusal.ts";
import {
  anything,
  either,
  integer,
  isObject,
  isText,
  named,
  number,
  object,
  oneOf,
  type Shape,
  shape,
  text,
  variants,
} from "../wire/shape.ts";
import { mistakesIn, mistakesText } from "./mistakes.ts";

const ms = number({ min: 0, max: 24 * 60 * 60 * 1000 });
const whole = integer({ min: 0 });
const kind = { type: anything };

const eventTypes = [...Object.keys(serverEvents), ...Object.keys(translationServerEvents)];

/** The type of an event that there is, or what some begin with and a `*`: no other would ever be met. */
const eventName: Shape = named(
  "EventName",
  shape(
    (value, path) => {
      const refused = text()(value, path);
      if (refused !== undefined) return refused;
      const name = String(value);
      const isKnown = name.endsWith("*")
        ? eventTypes.some((type) => type.startsWith(name.slice(0, -1)))
        : eventTypes.includes(name);
      const message = `Invalid '${path}': the service sends no event '${name}'.`;
      return isKnown ? undefined : fieldRefusal("invalid_value", path, message);
    },
    { anyOf: [{ enum: eventTypes }, { type: "string", pattern: "\\*$" }] },
  ),
);

const choice = {
  event: eventName,
  skip: whole,
  count: either(isText, oneOf("all"), integer({ min: 1 })),
  chance: number({ min: 0, max: 1 }),
};
const moment = { event: eventName, skip: whole, afterMs: ms };

/** An event with a type, whatever else it has. */
const anyEvent: Shape = shape(
  (value, path) =>
    jsonObjectShape(value, path) ?? (isObject(value) ? text()(value.type, `${path}.type`) : undefined),
  { type: "object", properties: { type: { type: "string" } }, required: ["type"] },
);

/** The shape of the `error` of a response that fails, and of an `error` event. */
export const errorShape: Shape = object({ optional: { type: text(), code: text(), message: text() } });

/** The shape of a `Fault` in JSON. */
export const faultShape: Shape = named(
  "Fault",
  variants("type", {
    delay: object({ required: { ...kind, ms }, optional: { ...choice, jitterMs: ms } }),
    reorder: object({ required: kind, optional: { ...choice, by: integer({ min: 1 }) } }),
    duplicate: object({ required: kind, optional: choice }),
    withhold: object({ required: kind, optional: choice }),
    half_frame: object({ required: kind, optional: choice }),
    missing_event_id: object({ required: kind, optional: choice }),
    unknown_event: object({ required: kind, optional: { ...moment, frame: anyEvent } }),
    error: object({ required: kind, optional: { ...moment, error: errorShape } }),
    end_response: object({
      required: { ...kind, status: oneOf("failed", "incomplete") },
      optional: { ...moment, reason: oneOf("max_output_tokens", "content_filter"), error: errorShape },
    }),
    close: object({
      required: { ...kind, code: closeCodeShape },
      optional: { ...moment, reason: closeReasonShape },
    }),
    cut: object({ required: kind, optional: moment }),
    late_deltas: object({ required: kind, optional: { count: integer({ min: 1, max: 1000 }) } }),
  }),
);

/**
 * Reads a fault from parsed JSON, as a scenario spells it. Throws a `TypeError` that names each field at fault; `path`
 * is its place, which theirs begin with.
 */
export function readFault(value: unknown, path = "fault"): Fault {
  const mistakes = mistakesIn(faultShape, value, path);
  if (mistakes.length > 0) throw new TypeError(mistakesText("Not a fault.", mistakes));
  // The shape has just found no fault.
  return value as Fault;
}
