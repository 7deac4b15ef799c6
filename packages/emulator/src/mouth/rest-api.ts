import type { SessionKind } from "../engine/engine-input.ts";
import { messageOf } from "../wire/message-of.ts";
import { fieldRefusal, notEmulated, type Refusal, refusal } from "../wire/refusal.ts";
import { anyObject, integer, object, text } from "../wire/shape.ts";
import { type AdmissionOptions, bearerIn, betaRefusal, otherSecret, unknownModel } from "./admission.ts";
import type { CallMedium } from "./call-medium.ts";
import { readCallRequest } from "./call-request.ts";
import type { Call, Calls } from "./calls.ts";
import type { ClientSecrets, SecretScope } from "./client-secrets.ts";
import { HttpRefusal, jsonAnswer, jsonBody, unknownCall } from "./http-answer.ts";
import { keyFault } from "./key-fault.ts";
import type { LiveSessions } from "./live-sessions.ts";
import { offeredCall } from "./offered-call.ts";
import { readSecretRequest, readTranslationSecretRequest, type SecretRequest } from "./secret-requests.ts";
import type { Arrival, Sessions } from "./sessions.ts";
import type { SipCall } from "./sip-call.ts";

/** What the HTTP side of the service works on. */
export interface RestApiOptions extends AdmissionOptions {
  readonly sessions: Sessions;
  readonly live: LiveSessions;
  readonly secrets: ClientSecrets;
  readonly calls: Calls<Call | SipCall>;
  /** What carries calls by WebRTC. Rejects with a sentence where nothing does. */
  readonly medium: () => Promise<CallMedium>;
}

/** The model of sessions that name none, and of translations that name none. */
const usualModel = "gpt-realtime";
const usualTranslationModel = "gpt-realtime-translate";

/** The models that translate and do nothing else. */
const translates = /-translate\b/;

/** What the `session` of a call that translates may have. */
const translationSession = object({ optional: { model: text(), audio: anyObject } });

/**
 * The service's own addresses below `/v1/realtime`. Throws `HttpRefusal` for what it refuses. `path` is what follows
 * `/v1/realtime/`.
 */
export function restApi(options: RestApiOptions): (request: Request, path: string) => Promise<Response> {
  const { keys, models, sessions, live, secrets, calls, medium } = options;

  /** Who asks: a client secret opens what it is for, a key everything. */
  function caller(request: Request): SecretScope | undefined {
    const key =
      bearerIn(request.headers.get("authorization") ?? "") || (request.headers.get("api-key") ?? "");
    const secret = secrets.find(key);
    const wrong = keyFault(key, secret, keys);
    if (wrong !== undefined) throw new HttpRefusal(401, wrong);
    if (request.headers.get("openai-beta")?.includes("realtime=v1")) throw new HttpRefusal(400, betaRefusal);
    // `expired` has been refused just now.
    return typeof secret === "object" ? secret : undefined;
  }

  function keyHolder(request: Request): void {
    if (caller(request) === undefined) return;
    const message = "A client secret opens sessions and calls; this request wants an API key.";
    throw new HttpRefusal(401, refusal("invalid_api_key", message));
  }

  /** The session that a configuration begins, or why it begins none. */
  function arrivalOf(
    configuration: Readonly<Record<string, unknown>>,
    model: string,
    kind: SessionKind,
  ): Arrival {
    const named = typeof configuration.model === "string" ? configuration.model : model;
    if (kind !== "transcription" && models !== undefined && !models.includes(named)) {
      throw new HttpRefusal(400, { ...unknownModel(named), param: "session.model" });
    }
    return { model: kind === "transcription" ? "" : named, kind, configuration };
  }

  function previewOf(arrival: Arrival): object {
    const preview = sessions.preview(arrival);
    if ("refused" in preview) throw new HttpRefusal(400, preview.refused);
    return preview.session;
  }

  function secretFor(request: SecretRequest, arrival: Arrival): Response {
    const session = previewOf(arrival);
    const { kind = "realtime", model, configuration = {} } = arrival;
    // Made by `arrivalOf`: an object.
    const made = secrets.make({ kind, model, configuration: configuration as object }, request.seconds);
    return jsonAnswer(200, { ...made, session: { ...session, expires_at: 0 } });
  }

  async function makeSecret(request: Request): Promise<Response> {
    keyHolder(request);
    const read = allowed(readSecretRequest(await jsonBody(request)));
    return secretFor(read, arrivalOf(read.session, usualModel, kindOf(read.session)));
  }

  async function makeTranslationSecret(request: Request): Promise<Response> {
    keyHolder(request);
    const read = allowed(readTranslationSecretRequest(await jsonBody(request)));
    const { model, ...configuration } = read.session;
    return secretFor(read, arrivalOf(configuration, String(model), "translation"));
  }

  async function offerCall(request: Request): Promise<Response> {
    const secret = caller(request);
    const { sdp, session } = await readCallRequest(request);
    const asked = modelAskedFor(request);
    // Some clients have their translations here, by the model alone.
    if (session === undefined && secret === undefined && translates.test(asked)) {
      return answerOffer(sdp, arrivalOf({}, asked, "translation"));
    }
    const configuration = session ?? secret?.configuration ?? { type: "realtime" };
    const kind = session === undefined ? (secret?.kind ?? "realtime") : kindOf(session);
    return answerOffer(sdp, arrivalOf({ ...configuration }, secret?.model || asked || usualModel, kind));
  }

  async function offerTranslation(request: Request): Promise<Response> {
    const secret = caller(request);
    if (secret !== undefined && secret.kind !== "translation")
      throw new HttpRefusal(400, otherSecret(secret));
    const { sdp, session } = await readCallRequest(request);
    const wrong = session === undefined ? undefined : translationSession(session, "session");
    if (wrong !== undefined) throw new HttpRefusal(400, wrong);
    const { model = secret?.model, ...configuration } = session ?? { ...secret?.configuration };
    const chosen = String(model ?? (modelAskedFor(request) || usualTranslationModel));
    return answerOffer(sdp, arrivalOf(configuration, chosen, "translation"));
  }

  async function answerOffer(sdp: string, arrival: Arrival): Promise<Response> {
    previewOf({ ...arrival, audio: "media" });
    if (live.isFull) {
      const message = "This emulator holds no more sessions.";
      throw new HttpRefusal(503, { ...refusal("too_many_sessions", message), type: "server_error" });
    }
    const carrier = await medium().catch((error: unknown) => {
      throw new HttpRefusal(501, notEmulatedHere(error));
    });
    const { call, answerSdp } = await offeredCall(carrier, live, { sdp, arrival }).catch((error: unknown) => {
      throw new HttpRefusal(400, fieldRefusal("invalid_offer", "sdp", messageOf(error)));
    });
    calls.add(call);
    const headers = { "content-type": "application/sdp", location: `/v1/realtime/calls/${call.id}` };
    return new Response(answerSdp, { status: 201, headers });
  }

  async function accept(call: SipCall, request: Request): Promise<void> {
    const configuration = await jsonBody(request);
    if (configuration.type !== "realtime") {
      const message =
        "Missing required parameter: 'type'. A call is answered by a session of type 'realtime'.";
      throw new HttpRefusal(400, fieldRefusal("missing_required_parameter", "type", message));
    }
    const arrival = arrivalOf(configuration, usualModel, "realtime");
    const preview = sessions.preview({ ...arrival, audio: "media" });
    if ("refused" in preview) throw new HttpRefusal(400, atTopLevel(preview.refused));
    call.accept(arrival);
  }

  async function actOn(id: string, verb: string, request: Request): Promise<Response> {
    keyHolder(request);
    const call = calls.find(id);
    if (call === undefined || (call.state !== "ringing" && call.state !== "live")) throw unknownCall(id);
    if (verb === "hangup") {
      call.hangUp();
      return new Response(null);
    }
    if (!("accept" in call)) throw wrongState(`Only a call that came in by SIP can be sent '${verb}'.`);
    if (verb === "refer") {
      const { target_uri } = await jsonBody(request, object({ required: { target_uri: text() } }));
      if (call.state !== "live") throw wrongState("The call has not been accepted yet.");
      call.refer(String(target_uri));
      return new Response(null);
    }
    if (call.state !== "ringing") throw wrongState("The call has been accepted already.");
    if (verb === "accept") {
      await accept(call, request);
    } else {
      const shape = object({ optional: { status_code: integer({ min: 300, max: 699 }) } });
      const { status_code = 603 } = await jsonBody(request, shape);
      call.reject(Number(status_code));
    }
    return new Response(null);
  }

  return async (request, path) => {
    const [, id = "", verb = ""] = /^calls\/([^/]+)\/(accept|reject|refer|hangup)$/.exec(path) ?? [];
    const answers: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
      client_secrets: makeSecret,
      "translations/client_secrets": makeTranslationSecret,
      "translations/calls": offerTranslation,
      calls: offerCall,
      sessions: refuseBeta,
      transcription_sessions: refuseBeta,
    };
    const own = Object.hasOwn(answers, path) ? answers[path] : undefined;
    const answer = verb === "" ? own : (asked: Request) => actOn(id, verb, asked);
    if (answer === undefined) {
      const { pathname } = new URL(request.url);
      throw new HttpRefusal(404, refusal(null, `Invalid URL (${request.method} ${pathname})`));
    }
    if (request.method !== "POST") {
      const { pathname } = new URL(request.url);
      const message = `Not allowed to ${request.method} on ${pathname}.`;
      throw new HttpRefusal(405, refusal("method_not_supported", message));
    }
    return answer(request);
  };
}

async function refuseBeta(): Promise<Response> {
  const message = "The beta API shape is no longer served; ask for POST /v1/realtime/client_secrets.";
  throw new HttpRefusal(404, { ...betaRefusal, message });
}

function modelAskedFor(request: Request): string {
  return new URL(request.url).searchParams.get("model") ?? "";
}

function kindOf({ type }: Readonly<Record<string, unknown>>): SessionKind {
  return type === "transcription" ? "transcription" : "realtime";
}

/** A refusal of a session's settings where these are the whole body. */
function atTopLevel({ param, message, ...rest }: Refusal): Refusal {
  const place = param === null ? null : param.replace(/^session\./, "");
  return { ...rest, param: place, message: message.replaceAll("'session.", "'") };
}

function allowed<T extends object>(read: T | { readonly refused: Refusal }): T {
  if ("refused" in read) throw new HttpRefusal(400, read.refused);
  return read;
}

function wrongState(message: string): HttpRefusal {
  return new HttpRefusal(400, refusal("invalid_call_state", message));
}

function notEmulatedHere(error: unknown): Refusal {
  return { ...notEmulated(null, "A call by WebRTC"), message: messageOf(error) };
}
