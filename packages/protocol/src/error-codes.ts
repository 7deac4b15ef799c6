import { type ErrorCode, errorSeverities } from "./failure.ts";
import type { Severity } from "./protocol.ts";

/** What an error code means and how bad it is. */
export interface ErrorCodeFacts {
  readonly severity: Severity;
  /** What happened, and what to do where there is something to do. */
  readonly meaning: string;
}

const meanings: { readonly [Code in ErrorCode]: string } = {
  response_cancel_not_active: "There was no response to cancel; it had just ended.",
  input_audio_buffer_commit_empty: "Less than 100 ms of audio waited; turn detection took the rest.",
  conversation_already_has_active_response: "A response was being made already; wait for response.done.",
  invalid_value: "A field has a value that the service does not take; param names the field.",
  unknown_parameter: "The service does not know a field; param names it.",
  missing_required_parameter: "A field is missing; param names it.",
  integer_below_min_value: "A number is too small; for a sample rate, 24000 is the only one.",
  invalid_json: "The frame was not JSON.",
  invalid_event: "The frame was no event, or was binary.",
  item_delete_invalid_item_id: "There is no such item to delete.",
  item_retrieve_invalid_item_id: "There is no such item to retrieve.",
  item_truncate_invalid_item_id: "There is no such item to truncate.",
  unsupported_content_type: "Only assistant speech of which audio exists can be truncated.",
  cannot_update_voice: "The voice cannot change once the assistant has spoken; nothing was updated.",
  rate_limit_exceeded: "The allowance is used up for now; wait, as rate_limits.updated says.",
  session_expired: "The session reached its longest duration; open a new one.",
  invalid_api_key: "The API key is wrong.",
  invalid_model: "There is no such model, or this key may not use it.",
  missing_model: "The address names no model.",
  beta_api_shape_disabled: "The old beta protocol was asked for; remove the OpenAI-Beta header.",
  insufficient_quota: "The account has no credit left.",
  billing_hard_limit_reached: "The account reached its spending limit.",
  account_deactivated: "The account is closed.",
};

/** The error codes that services are known to send, for pages and messages that explain them to people. */
export const errorCodes: { readonly [Code in ErrorCode]: ErrorCodeFacts } = /* @__PURE__ */ explained();

function explained(): { readonly [Code in ErrorCode]: ErrorCodeFacts } {
  // Both tables have the same keys, and the result has them too.
  const codes = Object.keys(meanings) as ErrorCode[];
  const facts = codes.map((code) => [code, { severity: errorSeverities[code], meaning: meanings[code] }]);
  return Object.fromEntries(facts) as { readonly [Code in ErrorCode]: ErrorCodeFacts };
}
