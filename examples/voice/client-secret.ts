import type { RealtimeService } from "./realtime-service.ts";

/** An ephemeral key: good for sessions of this model that begin within minutes, and for nothing else. */
export interface ClientSecret {
  readonly value: string;
}

const lifetimeSeconds = 60;

/**
 * Asks the service for an ephemeral key. Rejects with an `Error` whose message a person may read: it has what the service
 * said, and never the key.
 */
export async function clientSecret(
  { base, apiKey, model }: Pick<RealtimeService, "base" | "apiKey" | "model">,
  signal?: AbortSignal,
): Promise<ClientSecret> {
  const response = await fetch(`${base}/realtime/client_secrets`, {
    method: "POST",
    headers: { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" },
    body: JSON.stringify({
      expires_after: { anchor: "created_at", seconds: lifetimeSeconds },
      session: { type: "realtime", model },
    }),
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    throw new Error(`${base} cannot be reached. Check the network, and OPENAI_BASE_URL if it is set.`, {
      cause,
    });
  });
  const body: { readonly value?: unknown; readonly error?: { readonly message?: unknown } } = await response
    .json()
    .catch(() => ({}));
  if (response.ok && typeof body.value === "string") return { value: body.value };
  const said = String(body.error?.message ?? "it gave no reason").replaceAll(apiKey, "***");
  throw new Error(`The service gave no key for this page (HTTP ${response.status}): ${said}`);
}
