// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/type-source.ts from schemas/**/*.json.

// TypeScript types of the requests, answers and webhooks that servers need.

import type { AnySessionConfig, AnySessionState, SessionConfig } from "../types.ts";

import type { TranslationAudio, TranslationSessionState } from "../translation/types.ts";

/**
 * Why a request by HTTP was refused.
 */
export interface ApiErrorDetails {
  /**
   * What is wrong, for a person to read.
   */
  message: string;
  /**
   * The class of the error, such as `invalid_request_error`.
   */
  type: string;
  /**
   * The path of the field at fault; `null` where no field is.
   */
  param: string | null;
  /**
   * The code, for programs, such as `call_id_not_found` (the call is unknown or over) or `invalid_api_key`;
   * `null` where the service has none.
   */
  code: string | null;
}

/**
 * The body of every answer by HTTP with a status of 400 or more. A proxy in between may answer with
 * something else, so look before reading.
 */
export interface ApiErrorResponse {
  /**
   * Why the request was refused.
   */
  error: ApiErrorDetails;
}

/**
 * The body of `POST /v1/realtime/calls/{call_id}/accept`, which answers a telephone call that
 * `realtime.call.incoming` announced: the settings of the session, `type` and `model` among them. The
 * answer is 200 and empty; the caller is connected.
 */
export type CallAcceptRequest = SessionConfig;

/**
 * The parts of `POST /v1/realtime/calls`, which opens a WebRTC session: a form with a part for each
 * field. The answer is 201 with the service's SDP as its body, and its `Location` header ends with the id
 * of the call, `rtc_…`. A client that has a client secret sends its SDP bare, as `application/sdp`, and
 * no session: the secret brings it.
 */
export interface CallCreateRequest {
  /**
   * The SDP offer of the caller, as a part of type `application/sdp`. Create the data channel `oai-events`
   * before the offer, so that it is in it.
   */
  sdp: string;
  /**
   * The settings that the session begins with, as a part of type `application/json`.
   */
  session?: SessionConfig;
}

/**
 * One header of the SIP INVITE of a call. The caller's side wrote it: do not trust it.
 */
export interface SipHeader {
  /**
   * The name, in the case in which it came. SIP takes no account of case.
   */
  name: string;
  /**
   * The value, as it came and unchecked.
   */
  value: string;
}

/**
 * A telephone call that rings and waits for an answer.
 */
export interface IncomingCall {
  /**
   * The id of the call, `rtc_…`: goes into the address of accept, reject, refer and hangup, and into
   * `?call_id=` of a control socket.
   */
  call_id: string;
  /**
   * The headers of the INVITE, without those of authorisation, in their order; a name may come more than
   * once. Whoever called has written them.
   */
  sip_headers: SipHeader[];
  /**
   * How the sound travels on the caller's side: `srtp` encrypted, `rtp` in the clear. Left out where it is
   * not known. Take an unknown word for unknown.
   */
  sip_media_security?: "rtp" | "srtp" | (string & {});
}

/**
 * The webhook `realtime.call.incoming`: somebody calls the SIP address of the project. Check the
 * signature over the raw body before reading it. Accept or reject with `data.call_id`; the caller hears
 * it ring until then. The same call may also come as `live.transport.incoming` of another API; whichever
 * accepts first has it.
 */
export interface CallIncomingWebhook {
  /**
   * Says which webhook this is.
   */
  type: "realtime.call.incoming";
  /**
   * The id of this delivery's event. Deliveries may repeat: use it to take each once.
   */
  id: string;
  /**
   * What the object is.
   */
  object?: "event";
  /**
   * When the call came in, in seconds since 1970.
   */
  created_at: number;
  /**
   * The call that rings, and what its SIP headers say.
   */
  data: IncomingCall;
}

/**
 * The body of `POST /v1/realtime/calls/{call_id}/refer`, which hands a running telephone call on to
 * somebody else by SIP REFER. The session ends when the other side takes over.
 */
export interface CallReferRequest {
  /**
   * Whom to call instead: `tel:+14155550123` or `sip:agent@example.com`. It goes into the header `Refer-To`
   * as it is.
   */
  target_uri: string;
}

/**
 * The body of `POST /v1/realtime/calls/{call_id}/reject`, which declines a telephone call that
 * `realtime.call.incoming` announced. May be left out.
 */
export interface CallRejectRequest {
  /**
   * The SIP status that the caller's side gets, such as 486 (busy); 603 (declined) when left out.
   */
  status_code?: number;
}

/**
 * How long a client secret opens sessions. A session that it opened goes on after its end.
 */
export interface ClientSecretLifetime {
  /**
   * From when the seconds count: from when the secret was made. There is no other anchor, so this may be
   * left out.
   */
  anchor?: "created_at";
  /**
   * How many seconds it lives, 10 to 7200; 600 when left out. Keep it short: whoever has the secret can
   * open any number of sessions until then.
   */
  seconds?: number;
}

/**
 * The body of `POST /v1/realtime/client_secrets`: asks for a short-lived key that a browser or an app can
 * open a session with, in place of the account's own key. Send it from a server.
 */
export interface ClientSecretRequest {
  /**
   * How long the secret opens sessions; ten minutes when left out.
   */
  expires_after?: ClientSecretLifetime;
  /**
   * The settings that every session opened with the secret begins with. Its user can still change them with
   * `session.update`, so they are a beginning, not a fence.
   */
  session?: AnySessionConfig;
}

/**
 * A client secret. Hand `value` to the client and to nobody else, and keep it out of logs.
 */
export interface ClientSecretResponse {
  /**
   * The secret, `ek_…`: the client uses it where an API key would stand. It opens any number of sessions
   * until it expires.
   */
  value: string;
  /**
   * When it stops opening sessions, in seconds since 1970.
   */
  expires_at: number;
  /**
   * The settings that its sessions begin with, complete.
   */
  session: AnySessionState;
}

/**
 * The settings that a translation begins with.
 */
export interface TranslationSessionRequest {
  /**
   * The model that translates, such as `gpt-realtime-translate`. It cannot change later.
   */
  model: string;
  /**
   * How audio goes in and comes out. Name at least `output.language`.
   */
  audio?: TranslationAudio;
}

/**
 * The body of `POST /v1/realtime/translations/client_secrets`: asks for a short-lived key that a browser
 * or an app can open a translation with. Send it from a server.
 */
export interface TranslationClientSecretRequest {
  /**
   * The settings that every session opened with the secret begins with.
   */
  session: TranslationSessionRequest;
  /**
   * How long the secret opens sessions; ten minutes when left out.
   */
  expires_after?: ClientSecretLifetime;
}

/**
 * A client secret for translations. Hand `value` to the client and to nobody else, and keep it out of
 * logs.
 */
export interface TranslationClientSecretResponse {
  /**
   * The secret, `ek_…`: the client uses it where an API key would stand. It opens any number of sessions
   * until it expires.
   */
  value: string;
  /**
   * When it stops opening sessions, in seconds since 1970.
   */
  expires_at: number;
  /**
   * The settings that its sessions begin with, complete.
   */
  session: TranslationSessionState;
}
