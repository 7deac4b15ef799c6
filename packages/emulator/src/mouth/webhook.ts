import { base64ToBytes, bytesToBase64 } from "@duologue/audio";

/** Where webhooks go, and what they are signed with. */
export interface WebhookTarget {
  readonly url: string;
  /** `whsec_` and the key in base64, or any other text, which is the key itself. */
  readonly secret: string;
}

const utf8 = new TextEncoder();

/**
 * The headers that sign a webhook's body by the rules of Standard Webhooks: an HMAC-SHA256 over
 * `id.timestamp.body`. `timestamp` is in seconds since 1970.
 */
export async function webhookHeaders(
  body: string,
  { id, timestamp, secret }: { readonly id: string; readonly timestamp: number; readonly secret: string },
): Promise<Readonly<Record<string, string>>> {
  const prefix = "whsec_";
  const bytes = secret.startsWith(prefix) ? base64ToBytes(secret.slice(prefix.length)) : utf8.encode(secret);
  const key = await crypto.subtle.importKey(
    "raw",
    new Uint8Array(bytes),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const signature = await crypto.subtle.sign("HMAC", key, utf8.encode(`${id}.${timestamp}.${body}`));
  return {
    "content-type": "application/json",
    "user-agent": "duologue-emulator",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": `v1,${bytesToBase64(new Uint8Array(signature))}`,
  };
}
