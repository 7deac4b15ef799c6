import type { Failure, Severity, UnknownEvent, WireEvent } from "./protocol.ts";

/** What an error code means and how bad it is. */
export interface ErrorCodeFacts {
  readonly severity: Severity;
  /** What happened, and what to do where there is something to do. */
  readonly meaning: string;
}

/**
 * The error codes that services are known to send. A code that is not here is `rejected`: the session goes on.
 *
 * Source: error events of live services, and the codes that other clients have found to be final.
 */
export const errorCodes = {
  response_cancel_not_active: {
    severity: "benign",
    meaning: "There was no response to cancel; it had just ended.",
  },
  input_audio_buffer_commit_empty: {
    severity: "benign",
    meaning: "Less than 100 ms of audio waited; turn detection took the rest.",
  },
  conversation_already_has_active_response: {
    severity: "benign",
    meaning: "A response was being made already; wait for response.done.",
  },

  invalid_value: {
    severity: "rejected",
    meaning: "A field has a value that the service does not take; param names the field.",
  },
  unknown_parameter: { severity: "rejected", meaning: "The service does not know a field; param names it." },
  missing_required_parameter: { severity: "rejected", meaning: "A field is missing; param names it." },
  integer_below_min_value: {
    severity: "rejected",
    meaning: "A number is too small; for a sample rate, 24000 is the only one.",
  },
  invalid_json: { severity: "rejected", meaning: "The frame was not JSON." },
  invalid_event: { severity: "rejected", meaning: "The frame was no event, or was binary." },
  item_delete_invalid_item_id: { severity: "rejected", meaning: "There is no such item to delete." },
  item_retrieve_invalid_item_id: { severity: "rejected", meaning: "There is no such item to retrieve." },
  item_truncate_invalid_item_id: { severity: "rejected", meaning: "There is no such item to truncate." },
  unsupported_content_type: {
    severity: "rejected",
    meaning: "Only assistant speech of which audio exists can be truncated.",
  },
  cannot_update_voice: {
    severity: "rejected",
    meaning: "The voice cannot change once the assistant has spoken; nothing was updated.",
  },
  rate_limit_exceeded: {
    severity: "rejected",
    meaning: "The allowance is used up for now; wait, as rate_limits.updated says.",
  },

  session_expired: {
    severity: "transport",
    meaning: "The session reached its longest duration; open a new one.",
  },

  invalid_api_key: { severity: "fatal", meaning: "The API key is wrong." },
  invalid_model: { severity: "fatal", meaning: "There is no such model, or this key may not use it." },
  missing_model: { severity: "fatal", meaning: "The address names no model." },
  beta_api_shape_disabled: {
    severity: "fatal",
    meaning: "The old beta protocol was asked for; remove the OpenAI-Beta header.",
  },
  insufficient_quota: { severity: "fatal", meaning: "The account has no credit left." },
  billing_hard_limit_reached: { severity: "fatal", meaning: "The account reached its spending limit." },
  account_deactivated: { severity: "fatal", meaning: "The account is closed." },
} as const satisfies Readonly<Record<string, ErrorCodeFacts>>;

/** An error code that this package knows. */
export type ErrorCode = keyof typeof errorCodes;

/** How bad an error is, from its code and, where it has none, its sentence. */
export function severityOf(code: string | null, message: string): Severity {
  if (code !== null && isErrorCode(code)) return errorCodes[code].severity;
  // Missing credentials come without a code; the link is closed right after.
  return code === null && /^Missing bearer\b/i.test(message) ? "fatal" : "rejected";
}

/** Whether this package knows the code. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}

/**
 * Reads an `error` event as a failure; `undefined` for every other event. Never throws, whatever the event lacks:
 * some services put the details on the event itself, or send a bare sentence.
 */
export function failureOf(event: WireEvent | UnknownEvent): Failure | undefined {
  if (event.type !== "error") return undefined;
  // The schema promises more than every service keeps, so each field is looked at.
  const sent: Readonly<Record<string, unknown>> = { ...event };
  const inner = fieldsOf(sent.error);
  const details = inner ?? sent;
  const text = typeof sent.error === "string" ? sent.error : undefined;
  const message = stringIn(details, "message") ?? text ?? "The service sent an error without a message.";
  const code = stringIn(details, "code") ?? null;
  const commandId = inner && stringIn(inner, "event_id");
  const failure: Failure = { severity: severityOf(code, message), code, message };
  return commandId === undefined ? failure : { ...failure, commandId };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null ? { ...value } : undefined;
}

function stringIn(fields: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = fields[key];
  return typeof value === "string" ? value : undefined;
}
