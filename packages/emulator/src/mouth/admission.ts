import type { Rejection } from "../engine/engine-input.ts";
import { notEmulatedCode, type Refusal, refusal } from "../wire/refusal.ts";
import type { Arrival } from "./sessions.ts";

/** What a WebSocket upgrade says of who asks for what. */
export interface Upgrade {
  /** The request target: path and query. */
  readonly target: string;
  /** The `Authorization` header. */
  readonly authorization?: string | undefined;
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

const keyPrefix = "openai-insecure-api-key.";

/**
 * Judges an upgrade as the service does: after it has accepted it, and by an `error` event with a close behind it,
 * 3000 for the key and 4000 for the rest.
 */
export function admission(upgrade: Upgrade, { keys, models }: AdmissionOptions = {}): Arrival {
  const query = new URLSearchParams(upgrade.target.split("?")[1] ?? "");
  const model = query.get("model") ?? "";
  const key = keyOf(upgrade);
  if (key === "") {
    return rejected(model, 3000, refusal(null, "Missing bearer or basic authentication in header"));
  }
  if (keys !== undefined && !keys.includes(key)) {
    return rejected(model, 3000, refusal("invalid_api_key", "Incorrect API key provided."));
  }
  if (upgrade.beta?.includes("realtime=v1") || upgrade.subprotocols.includes("openai-beta.realtime-v1")) {
    const message = "The beta API shape is no longer served; leave out the OpenAI-Beta header.";
    return rejected(model, 4000, refusal("beta_api_shape_disabled", message));
  }
  for (const name of ["intent", "call_id"]) {
    if (!query.has(name)) continue;
    const message = `A session by '${name}' is not supported by this emulator; ask for a 'model'.`;
    return rejected(model, 4000, refusal(notEmulatedCode, message));
  }
  if (model === "")
    return rejected(model, 4000, refusal("missing_model", "You must provide a model parameter."));
  if (models !== undefined && !models.includes(model)) {
    return rejected(model, 4000, refusal("invalid_model", `The model '${model}' does not exist.`));
  }
  return { model };
}

function keyOf({ authorization = "", subprotocols }: Upgrade): string {
  const bearer = /^Bearer\s+(.*)$/i.exec(authorization)?.[1] ?? "";
  const offered = subprotocols.find((name) => name.startsWith(keyPrefix))?.slice(keyPrefix.length) ?? "";
  return bearer.trim() || offered;
}

function rejected(model: string, code: number, error: Refusal): Arrival {
  const kind = error.type ?? "invalid_request_error";
  const rejection: Rejection = {
    error,
    close: { code, reason: error.code === null ? kind : `${kind}.${error.code}` },
  };
  return { model, rejection };
}
