import type { SessionKind } from "../engine/engine-input.ts";
import { randomId } from "./random-id.ts";

/** What a client secret opens. */
export interface SecretScope {
  readonly kind: SessionKind;
  readonly model: string;
  /** The settings that its sessions begin with. */
  readonly configuration: object;
}

/** The short-lived keys that were given out. */
export interface ClientSecrets {
  /** Makes a secret, `ek_…`, that lives for so many seconds. `expires_at` is in seconds since 1970. */
  make(scope: SecretScope, seconds: number): { readonly value: string; readonly expires_at: number };
  /** What a key opens: `expired` where it did once, `undefined` where it is no secret of ours. */
  find(key: string): SecretScope | "expired" | undefined;
}

/** Expired ones beyond this number are forgotten, the oldest first. */
const mostKept = 10_000;

/** Client secrets on a wall clock, in milliseconds since 1970. */
export function clientSecrets(epochMs: () => number): ClientSecrets {
  const made = new Map<string, { readonly scope: SecretScope; readonly expiresAt: number }>();
  return {
    make(scope, seconds) {
      const value = randomId("ek_", 32);
      const expiresAt = Math.floor(epochMs() / 1000) + seconds;
      made.set(value, { scope, expiresAt });
      const [oldest] = made.keys();
      if (made.size > mostKept && oldest !== undefined) made.delete(oldest);
      return { value, expires_at: expiresAt };
    },
    find(key) {
      const secret = made.get(key);
      if (secret === undefined) return undefined;
      return epochMs() < secret.expiresAt * 1000 ? secret.scope : "expired";
    },
  };
}
