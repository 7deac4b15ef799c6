import type { Rejection, SessionKind } from "../engine/engine-input.ts";
import { type Refusal, refusal } from "../wire/refusal.ts";
import type { ClientSecrets, SecretScope } from "./client-secrets.ts";
import { keyFault } from "./key-fault.ts";
import type { Arrival } from "./sessions.ts";

/** What a WebSocket upgrade says of who asks for what. */
export interface Upgrade {
  /** The request target: path and query. */
  readonly target: string;
  /** The `Authorization` header. */
  readonly authorization?: string | undefined;
  /** The `api-key` header, by which Azure's clients give theirs. */
  readonly apiKey?: string | undefined;
  /** The `OpenAI-Beta` header. */
  readonly beta?: string | undefined;
  /** The subprotocols that the client offers. */
  readonly subprotocols: readonly string[];
}

/** Who is let in. */
export interface AdmissionOptions {
  /** The API keys that are good. Default: every key that is not empty. */
  readonly keys?: readonly string[];
  /** The models that exist. Default: every name that is not empty. */
  readonly models?: readonly string[];
}

/** What an upgrade comes to: a session of its own, or a place in another one, named by its call or its id. */
export type Admission = Arrival | { readonly joins: string };

const openaiKeyPrefix = "openai-insecure-api-key.";
const xaiKeyPrefix = "xai-client-secret.";

/**
 * Judges an upgrade as the service does: after it has accepted it, and by an `error` event with a close behind it,
 * 3000 for the key and 4000 for the rest. A key that is a client secret brings the settings of the session.
 */
export function admission(
  upgrade: Upgrade,
  { keys, models }: AdmissionOptions = {},
  secrets?: Pick<ClientSecrets, "find">,
): Admission {
  const [path = "", search = ""] = upgrade.target.split("?");
  const query = new URLSearchParams(search);
  const model = query.get("model") ?? "";
  const key = keyOf(upgrade);
  const secret = secrets?.find(key);
  const wrongKey = keyFault(key, secret, keys);
  if (wrongKey !== undefined) return rejected(model, 3000, wrongKey);
  const fault = (error: Refusal) => rejected(model, 4000, error);
  if (upgrade.beta?.includes("realtime=v1") || upgrade.subprotocols.includes("openai-beta.realtime-v1")) {
    return fault(betaRefusal);
  }
  const callId = query.get("call_id");
  const intent = query.get("intent");
  if (callId !== null) {
    return query.has("model") || intent !== null ? fault(oneOfThree) : { joins: callId };
  }
  const isTranslation = path.endsWith("/realtime/translations");
  if (intent !== null && (intent !== "transcription" || isTranslation)) {
    return fault(
      refusal("invalid_value", `There is no intent '${intent}'; the only one is 'transcription'.`),
    );
  }
  const asked: SessionKind = isTranslation ? "translation" : intent === null ? "realtime" : "transcription";
  // `expired` has been turned away above.
  const scope = typeof secret === "object" ? secret : undefined;
  const kind = intent === null && !isTranslation ? (scope?.kind ?? asked) : asked;
  if (scope !== undefined && scope.kind !== kind) return fault(otherSecret(scope));
  if (kind === "transcription") {
    if (query.has("model")) return fault(refusal(null, modelOfTranscription));
    return { model: "", kind, ...configurationOf(scope) };
  }
  const chosen = scope?.model ?? model;
  if (chosen === "") return fault(refusal("missing_model", "You must provide a model parameter."));
  if (scope === undefined && models !== undefined && !models.includes(chosen))
    return fault(unknownModel(chosen));
  return { model: chosen, ...(kind !== "realtime" && { kind }), ...configurationOf(scope) };
}

/** The refusal of whoever still speaks the beta. */
export const betaRefusal = refusal(
  "beta_api_shape_disabled",
  "The beta API shape is no longer served; leave out the OpenAI-Beta header.",
);

/** The refusal of a model that does not exist. */
export function unknownModel(model: string): Refusal {
  return refusal("invalid_model", `The model '${model}' does not exist.`);
}

const modelOfTranscription = "You must not provide a model parameter for transcription sessions.";
const oneOfThree = refusal(
  "invalid_value",
  "Give exactly one of 'model', 'call_id' and 'intent': a sideband connection joins a session that has a model.",
);

/** The refusal of a client secret that opens sessions of another kind. */
export function otherSecret({ kind }: SecretScope): Refusal {
  return refusal("invalid_value", `This client secret opens ${kind} sessions only.`);
}

function configurationOf(scope: SecretScope | undefined): Pick<Arrival, "configuration"> {
  return scope === undefined ? {} : { configuration: scope.configuration };
}

function keyOf({ authorization = "", apiKey = "", subprotocols }: Upgrade): string {
  const offered = [openaiKeyPrefix, xaiKeyPrefix].map((prefix) => behind(prefix, subprotocols));
  return bearerIn(authorization) || apiKey || offered.find((key) => key !== "") || "";
}

function behind(prefix: string, names: readonly string[]): string {
  return names.find((name) => name.startsWith(prefix))?.slice(prefix.length) ?? "";
}

/**
 * Which of the subprotocols that a client offers the service takes, or `false` for none, where most clients end the
 * connection: `realtime`, or the one in which a client of xAI's gives its key, since it offers no other.
 */
export function chosenSubprotocol(offered: readonly string[]): string | false {
  if (offered.includes("realtime")) return "realtime";
  return offered.find((name) => name.startsWith(xaiKeyPrefix)) ?? false;
}

/** The key in an `Authorization` header, or nothing. */
export function bearerIn(authorization: string): string {
  return /^Bearer\s+(.*)$/i.exec(authorization)?.[1]?.trim() ?? "";
}

function rejected(model: string, code: number, error: Refusal): Arrival {
  const type = error.type ?? "invalid_request_error";
  const rejection: Rejection = {
    error,
    close: { code, reason: error.code === null ? type : `${type}.${error.code}` },
  };
  return { model, rejection };
}
