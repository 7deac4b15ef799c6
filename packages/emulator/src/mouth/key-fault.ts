import { type Refusal, refusal } from "../wire/refusal.ts";
import type { SecretScope } from "./client-secrets.ts";

/**
 * What is wrong with a key; nothing with a client secret of ours that has not expired. Without `keys`, every other key
 * that is not empty is good.
 */
export function keyFault(
  key: string,
  secret: SecretScope | "expired" | undefined,
  keys: readonly string[] | undefined,
): Refusal | undefined {
  if (key === "") return refusal(null, "Missing bearer or basic authentication in header");
  if (secret === "expired") return refusal("invalid_api_key", "This client secret has expired.");
  if (secret !== undefined || keys === undefined || keys.includes(key)) return undefined;
  return refusal("invalid_api_key", "Incorrect API key provided.");
}
