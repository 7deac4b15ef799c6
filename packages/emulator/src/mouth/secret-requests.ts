import type { Refusal } from "../wire/refusal.ts";
import { anyObject, integer, object, oneOf, type Shape, text } from "../wire/shape.ts";

const lifetime = object({
  optional: { anchor: oneOf("created_at"), seconds: integer({ min: 10, max: 7200 }) },
});

/** How long a secret lives where the request does not say, in seconds. */
const usualSeconds = 600;

const secretShape = object({ optional: { expires_after: lifetime, session: anyObject } });

const translationSecretShape = object({
  required: { session: object({ required: { model: text() }, optional: { audio: anyObject } }) },
  optional: { expires_after: lifetime },
});

/** A request for a secret, read: the session that it names, which is still to be judged, and its life in seconds. */
export interface SecretRequest {
  readonly session: Readonly<Record<string, unknown>>;
  readonly seconds: number;
}

/** Reads the body of `POST /v1/realtime/client_secrets`. */
export function readSecretRequest(body: object): SecretRequest | { readonly refused: Refusal } {
  return read(body, secretShape, { type: "realtime" });
}

/** Reads the body of `POST /v1/realtime/translations/client_secrets`. */
export function readTranslationSecretRequest(body: object): SecretRequest | { readonly refused: Refusal } {
  return read(body, translationSecretShape, {});
}

function read(body: object, shape: Shape, session: Readonly<Record<string, unknown>>) {
  const refused = shape(body, "");
  if (refused !== undefined) return { refused };
  // The shape has just found no fault.
  const request = body as {
    readonly session?: Readonly<Record<string, unknown>>;
    readonly expires_after?: { readonly seconds?: number };
  };
  return { session: request.session ?? session, seconds: request.expires_after?.seconds ?? usualSeconds };
}
