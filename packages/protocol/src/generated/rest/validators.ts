// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/validator-source.ts from schemas/**/*.json.

// Validators as plain functions; nothing is compiled when a program runs.

import { type Found, at, isInteger, isObject, listOf, unlike, wrong } from "../../check.ts";
import { checkAnySessionConfig, checkAnySessionState, checkSessionConfig } from "../validators.ts";
import { checkTranslationAudio, checkTranslationSessionState } from "../translation/validators.ts";

/** Where a value differs from `ApiErrorDetails`; `undefined` when it conforms. */
export function checkApiErrorDetails(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.message !== "string") f = wrong(f, v, "message", "a string");
  if (typeof v.type !== "string") f = wrong(f, v, "type", "a string");
  if (typeof v.param !== "string" && v.param !== null) f = wrong(f, v, "param", "a string or null");
  if (typeof v.code !== "string" && v.code !== null) f = wrong(f, v, "code", "a string or null");
  return f;
}

/** Where a value differs from `ApiErrorResponse`; `undefined` when it conforms. */
export function checkApiErrorResponse(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  f = at(f, "error", checkApiErrorDetails(v.error));
  return f;
}

/** Where a value differs from `CallAcceptRequest`; `undefined` when it conforms. */
export function checkCallAcceptRequest(v: unknown): Found {
  return checkSessionConfig(v);
}

/** Where a value differs from `CallCreateRequest`; `undefined` when it conforms. */
export function checkCallCreateRequest(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.sdp !== "string") f = wrong(f, v, "sdp", "a string");
  if (v.session !== undefined) f = at(f, "session", checkSessionConfig(v.session));
  return f;
}

/** Where a value differs from `SipHeader`; `undefined` when it conforms. */
export function checkSipHeader(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.name !== "string") f = wrong(f, v, "name", "a string");
  if (typeof v.value !== "string") f = wrong(f, v, "value", "a string");
  return f;
}

/** Where a value differs from `IncomingCall`; `undefined` when it conforms. */
export function checkIncomingCall(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.call_id !== "string") f = wrong(f, v, "call_id", "a string");
  f = at(f, "sip_headers", listOf(v.sip_headers, checkSipHeader));
  if (v.sip_media_security !== undefined && typeof v.sip_media_security !== "string")
    f = wrong(f, v, "sip_media_security", "a string");
  return f;
}

/** Where a value differs from `CallIncomingWebhook`; `undefined` when it conforms. */
export function checkCallIncomingWebhook(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "realtime.call.incoming") f = wrong(f, v, "type", '"realtime.call.incoming"');
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.object !== undefined && v.object !== "event") f = wrong(f, v, "object", '"event"');
  if (!isInteger(v.created_at)) f = wrong(f, v, "created_at", "an integer");
  f = at(f, "data", checkIncomingCall(v.data));
  return f;
}

/** Where a value differs from `CallReferRequest`; `undefined` when it conforms. */
export function checkCallReferRequest(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.target_uri !== "string") f = wrong(f, v, "target_uri", "a string");
  return f;
}

/** Where a value differs from `CallRejectRequest`; `undefined` when it conforms. */
export function checkCallRejectRequest(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.status_code !== undefined && !isInteger(v.status_code)) f = wrong(f, v, "status_code", "an integer");
  return f;
}

/** Where a value differs from `ClientSecretLifetime`; `undefined` when it conforms. */
export function checkClientSecretLifetime(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.anchor !== undefined && v.anchor !== "created_at") f = wrong(f, v, "anchor", '"created_at"');
  if (v.seconds !== undefined && !isInteger(v.seconds, 10, 7200))
    f = wrong(f, v, "seconds", "an integer from 10 to 7200");
  return f;
}

/** Where a value differs from `ClientSecretRequest`; `undefined` when it conforms. */
export function checkClientSecretRequest(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.expires_after !== undefined) f = at(f, "expires_after", checkClientSecretLifetime(v.expires_after));
  if (v.session !== undefined) f = at(f, "session", checkAnySessionConfig(v.session));
  return f;
}

/** Where a value differs from `ClientSecretResponse`; `undefined` when it conforms. */
export function checkClientSecretResponse(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.value !== "string") f = wrong(f, v, "value", "a string");
  if (!isInteger(v.expires_at)) f = wrong(f, v, "expires_at", "an integer");
  f = at(f, "session", checkAnySessionState(v.session));
  return f;
}

/** Where a value differs from `TranslationSessionRequest`; `undefined` when it conforms. */
export function checkTranslationSessionRequest(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.model !== "string") f = wrong(f, v, "model", "a string");
  if (v.audio !== undefined) f = at(f, "audio", checkTranslationAudio(v.audio));
  return f;
}

/** Where a value differs from `TranslationClientSecretRequest`; `undefined` when it conforms. */
export function checkTranslationClientSecretRequest(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  f = at(f, "session", checkTranslationSessionRequest(v.session));
  if (v.expires_after !== undefined) f = at(f, "expires_after", checkClientSecretLifetime(v.expires_after));
  return f;
}

/** Where a value differs from `TranslationClientSecretResponse`; `undefined` when it conforms. */
export function checkTranslationClientSecretResponse(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.value !== "string") f = wrong(f, v, "value", "a string");
  if (!isInteger(v.expires_at)) f = wrong(f, v, "expires_at", "an integer");
  f = at(f, "session", checkTranslationSessionState(v.session));
  return f;
}
