import type { Failure, Severity, UnknownEvent, WireEvent } from "./protocol.ts";

/**
 * How bad the errors are that services are known to send, by code. A code that is not here is `rejected`: the session
 * goes on. What each one means for people is in `errorCodes`, which programs that only judge do not load.
 *
 * Source: error events of live services, and the codes that other clients have found to be final.
 */
export const errorSeverities = {
  response_cancel_not_active: "benign",
  input_audio_buffer_commit_empty: "benign",
  conversation_already_has_active_response: "benign",

  invalid_value: "rejected",
  unknown_parameter: "rejected",
  missing_required_parameter: "rejected",
  integer_below_min_value: "rejected",
  invalid_json: "rejected",
  invalid_event: "rejected",
  item_delete_invalid_item_id: "rejected",
  item_retrieve_invalid_item_id: "rejected",
  item_truncate_invalid_item_id: "rejected",
  unsupported_content_type: "rejected",
  cannot_update_voice: "rejected",
  rate_limit_exceeded: "rejected",

  session_expired: "transport",

  invalid_api_key: "fatal",
  invalid_model: "fatal",
  missing_model: "fatal",
  beta_api_shape_disabled: "fatal",
  insufficient_quota: "fatal",
  billing_hard_limit_reached: "fatal",
  account_deactivated: "fatal",
} as const satisfies Readonly<Record<string, Severity>>;

/** An error code that this package knows. */
export type ErrorCode = keyof typeof errorSeverities;

/** How bad an error is, from its code and, where it has none, its sentence. */
export function severityOf(code: string | null, message: string): Severity {
  if (code !== null && isErrorCode(code)) return errorSeverities[code];
  // Missing credentials come without a code; the link is closed right after.
  return code === null && /^Missing bearer\b/i.test(message) ? "fatal" : "rejected";
}

/** Whether this package knows the code. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorSeverities, code);
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
