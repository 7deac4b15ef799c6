// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/typebox-source.ts from schemas/**/*.json.

// TypeBox schemas of the requests, answers and webhooks that servers need.

import { Type } from "@sinclair/typebox";
import { AnySessionConfig, AnySessionState, SessionConfig } from "../schemas.ts";
import { TranslationAudio, TranslationSessionState } from "../translation/schemas.ts";

/**
 * Why a request by HTTP was refused.
 */
export const ApiErrorDetails = Type.Object(
  {
    message: Type.String({ description: "What is wrong, for a person to read." }),
    type: Type.String({ description: "The class of the error, such as `invalid_request_error`." }),
    param: Type.Union([Type.String(), Type.Null()], {
      description: "The path of the field at fault; `null` where no field is.",
    }),
    code: Type.Union([Type.String(), Type.Null()], {
      description:
        "The code, for programs, such as `call_id_not_found` (the call is unknown or over) or `invalid_api_key`; `null` where the service has none.",
    }),
  },
  { title: "ApiErrorDetails", description: "Why a request by HTTP was refused." },
);

/**
 * The body of every answer by HTTP with a status of 400 or more. A proxy in between may answer with
 * something else, so look before reading.
 */
export const ApiErrorResponse = Type.Object(
  { error: ApiErrorDetails },
  {
    title: "ApiErrorResponse",
    description:
      "The body of every answer by HTTP with a status of 400 or more. A proxy in between may answer with something else, so look before reading.",
  },
);

/**
 * The body of `POST /v1/realtime/calls/{call_id}/accept`, which answers a telephone call that
 * `realtime.call.incoming` announced: the settings of the session, `type` and `model` among them. The
 * answer is 200 and empty; the caller is connected.
 */
export const CallAcceptRequest = SessionConfig;

/**
 * The parts of `POST /v1/realtime/calls`, which opens a WebRTC session: a form with a part for each
 * field. The answer is 201 with the service's SDP as its body, and its `Location` header ends with the id
 * of the call, `rtc_…`. A client that has a client secret sends its SDP bare, as `application/sdp`, and
 * no session: the secret brings it.
 */
export const CallCreateRequest = Type.Object(
  {
    sdp: Type.String({
      description:
        "The SDP offer of the caller, as a part of type `application/sdp`. Create the data channel `oai-events` before the offer, so that it is in it.",
    }),
    session: Type.Optional(SessionConfig),
  },
  {
    title: "CallCreateRequest",
    description:
      "The parts of `POST /v1/realtime/calls`, which opens a WebRTC session: a form with a part for each field. The answer is 201 with the service's SDP as its body, and its `Location` header ends with the id of the call, `rtc_…`. A client that has a client secret sends its SDP bare, as `application/sdp`, and no session: the secret brings it.",
  },
);

/**
 * One header of the SIP INVITE of a call. The caller's side wrote it: do not trust it.
 */
export const SipHeader = Type.Object(
  {
    name: Type.String({
      description: "The name, in the case in which it came. SIP takes no account of case.",
    }),
    value: Type.String({ description: "The value, as it came and unchecked." }),
  },
  {
    title: "SipHeader",
    description: "One header of the SIP INVITE of a call. The caller's side wrote it: do not trust it.",
  },
);

/**
 * A telephone call that rings and waits for an answer.
 */
export const IncomingCall = Type.Object(
  {
    call_id: Type.String({
      description:
        "The id of the call, `rtc_…`: goes into the address of accept, reject, refer and hangup, and into `?call_id=` of a control socket.",
    }),
    sip_headers: Type.Array(SipHeader, {
      description:
        "The headers of the INVITE, without those of authorisation, in their order; a name may come more than once. Whoever called has written them.",
    }),
    sip_media_security: Type.Optional(
      Type.Unsafe<"rtp" | "srtp" | (string & {})>(
        Type.String({
          description:
            "How the sound travels on the caller's side: `srtp` encrypted, `rtp` in the clear. Left out where it is not known. Take an unknown word for unknown.",
          examples: ["rtp", "srtp"],
        }),
      ),
    ),
  },
  { title: "IncomingCall", description: "A telephone call that rings and waits for an answer." },
);

/**
 * The webhook `realtime.call.incoming`: somebody calls the SIP address of the project. Check the
 * signature over the raw body before reading it. Accept or reject with `data.call_id`; the caller hears
 * it ring until then. The same call may also come as `live.transport.incoming` of another API; whichever
 * accepts first has it.
 */
export const CallIncomingWebhook = Type.Object(
  {
    type: Type.Literal("realtime.call.incoming", { description: "Says which webhook this is." }),
    id: Type.String({
      description: "The id of this delivery's event. Deliveries may repeat: use it to take each once.",
    }),
    object: Type.Optional(Type.Literal("event", { description: "What the object is." })),
    created_at: Type.Integer({ description: "When the call came in, in seconds since 1970." }),
    data: IncomingCall,
  },
  {
    title: "CallIncomingWebhook",
    description:
      "The webhook `realtime.call.incoming`: somebody calls the SIP address of the project. Check the signature over the raw body before reading it. Accept or reject with `data.call_id`; the caller hears it ring until then. The same call may also come as `live.transport.incoming` of another API; whichever accepts first has it.",
  },
);

/**
 * The body of `POST /v1/realtime/calls/{call_id}/refer`, which hands a running telephone call on to
 * somebody else by SIP REFER. The session ends when the other side takes over.
 */
export const CallReferRequest = Type.Object(
  {
    target_uri: Type.String({
      description:
        "Whom to call instead: `tel:+14155550123` or `sip:agent@example.com`. It goes into the header `Refer-To` as it is.",
    }),
  },
  {
    title: "CallReferRequest",
    description:
      "The body of `POST /v1/realtime/calls/{call_id}/refer`, which hands a running telephone call on to somebody else by SIP REFER. The session ends when the other side takes over.",
  },
);

/**
 * The body of `POST /v1/realtime/calls/{call_id}/reject`, which declines a telephone call that
 * `realtime.call.incoming` announced. May be left out.
 */
export const CallRejectRequest = Type.Object(
  {
    status_code: Type.Optional(
      Type.Integer({
        description:
          "The SIP status that the caller's side gets, such as 486 (busy); 603 (declined) when left out.",
      }),
    ),
  },
  {
    title: "CallRejectRequest",
    description:
      "The body of `POST /v1/realtime/calls/{call_id}/reject`, which declines a telephone call that `realtime.call.incoming` announced. May be left out.",
  },
);

/**
 * How long a client secret opens sessions. A session that it opened goes on after its end.
 */
export const ClientSecretLifetime = Type.Object(
  {
    anchor: Type.Optional(
      Type.Literal("created_at", {
        description:
          "From when the seconds count: from when the secret was made. There is no other anchor, so this may be left out.",
      }),
    ),
    seconds: Type.Optional(
      Type.Integer({
        description:
          "How many seconds it lives, 10 to 7200; 600 when left out. Keep it short: whoever has the secret can open any number of sessions until then.",
        minimum: 10,
        maximum: 7200,
      }),
    ),
  },
  {
    title: "ClientSecretLifetime",
    description: "How long a client secret opens sessions. A session that it opened goes on after its end.",
  },
);

/**
 * The body of `POST /v1/realtime/client_secrets`: asks for a short-lived key that a browser or an app can
 * open a session with, in place of the account's own key. Send it from a server.
 */
export const ClientSecretRequest = Type.Object(
  { expires_after: Type.Optional(ClientSecretLifetime), session: Type.Optional(AnySessionConfig) },
  {
    title: "ClientSecretRequest",
    description:
      "The body of `POST /v1/realtime/client_secrets`: asks for a short-lived key that a browser or an app can open a session with, in place of the account's own key. Send it from a server.",
  },
);

/**
 * A client secret. Hand `value` to the client and to nobody else, and keep it out of logs.
 */
export const ClientSecretResponse = Type.Object(
  {
    value: Type.String({
      description:
        "The secret, `ek_…`: the client uses it where an API key would stand. It opens any number of sessions until it expires.",
    }),
    expires_at: Type.Integer({ description: "When it stops opening sessions, in seconds since 1970." }),
    session: AnySessionState,
  },
  {
    title: "ClientSecretResponse",
    description: "A client secret. Hand `value` to the client and to nobody else, and keep it out of logs.",
  },
);

/**
 * The settings that a translation begins with.
 */
export const TranslationSessionRequest = Type.Object(
  {
    model: Type.String({
      description: "The model that translates, such as `gpt-realtime-translate`. It cannot change later.",
    }),
    audio: Type.Optional(TranslationAudio),
  },
  { title: "TranslationSessionRequest", description: "The settings that a translation begins with." },
);

/**
 * The body of `POST /v1/realtime/translations/client_secrets`: asks for a short-lived key that a browser
 * or an app can open a translation with. Send it from a server.
 */
export const TranslationClientSecretRequest = Type.Object(
  { session: TranslationSessionRequest, expires_after: Type.Optional(ClientSecretLifetime) },
  {
    title: "TranslationClientSecretRequest",
    description:
      "The body of `POST /v1/realtime/translations/client_secrets`: asks for a short-lived key that a browser or an app can open a translation with. Send it from a server.",
  },
);

/**
 * A client secret for translations. Hand `value` to the client and to nobody else, and keep it out of
 * logs.
 */
export const TranslationClientSecretResponse = Type.Object(
  {
    value: Type.String({
      description:
        "The secret, `ek_…`: the client uses it where an API key would stand. It opens any number of sessions until it expires.",
    }),
    expires_at: Type.Integer({ description: "When it stops opening sessions, in seconds since 1970." }),
    session: TranslationSessionState,
  },
  {
    title: "TranslationClientSecretResponse",
    description:
      "A client secret for translations. Hand `value` to the client and to nobody else, and keep it out of logs.",
  },
);
