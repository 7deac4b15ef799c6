import { RealtimeError } from "@duologue/core";
import { exactlyOne, realtimeAddress } from "./realtime-address.ts";

/** Which Realtime session an Azure address leads to: exactly one of `deployment`, `callId` and `intent`. */
export type AzureRealtimeTarget =
  /** A new conversation with the model of this deployment; it travels as `model`. */
  | { readonly deployment: string; readonly callId?: never; readonly intent?: never }
  /** The sideband of a running WebRTC or SIP call: its `rtc_…` id. */
  | { readonly callId: string; readonly deployment?: never; readonly intent?: never }
  /** A new session that only transcribes. */
  | { readonly intent: "transcription"; readonly deployment?: never; readonly callId?: never };

/** Whose Azure it is: the name of the resource, or its address as `AZURE_OPENAI_ENDPOINT` has it. */
export type AzureResource =
  | { readonly resource: string; readonly endpoint?: never }
  | { readonly endpoint: string | URL; readonly resource?: never };

/**
 * The WebSocket address of a Realtime session of Azure OpenAI:
 * `wss://<resource>.openai.azure.com/openai/v1/realtime?model=<deployment>`. An `endpoint` may end in `/openai/v1`
 * or leave that out, and may belong to a gateway or another cloud.
 *
 * This is the API that speaks the current event names; the `api-version` of the preview, with its older ones, is not
 * spoken here. Throws `invalid_argument` unless exactly one target, and one of `resource` and `endpoint`, is named, and
 * for an `endpoint` that is the address of one of its services already, such as the preview's.
 *
 * ```ts
 * nodeWebSocket({ url: azureRealtimeUrl({ resource: "contoso", deployment: "voice" }), apiKey, keyScheme: azureKey });
 * ```
 */
export function azureRealtimeUrl(options: AzureRealtimeTarget & AzureResource): string {
  const { deployment, callId, intent } = options;
  const names = "deployment, callId and intent";
  const { deployment: model, ...target } = exactlyOne({ deployment, call_id: callId, intent }, names);
  const base = azureBase(options);
  const path = /\/openai\/v1\/*$/.test(new URL(base).pathname) ? "/realtime" : "/openai/v1/realtime";
  return realtimeAddress(base, path, { ...target, model });
}

function azureBase({ resource, endpoint }: AzureResource): string | URL {
  if (resource && !endpoint) {
    if (/^[a-z0-9][a-z0-9-]*$/i.test(resource)) return `https://${resource}.openai.azure.com`;
    const message = `The resource of an Azure address is a plain name, and this is none: ${resource}. An address goes into endpoint.`;
    throw new RealtimeError("invalid_argument", message);
  }
  if (endpoint && !resource && URL.canParse(endpoint)) {
    refuseService(new URL(endpoint));
    return endpoint;
  }
  const message = "An Azure address names its resource, or its endpoint as an absolute URL, and not both.";
  throw new RealtimeError("invalid_argument", message);
}

/** A portal shows addresses of single services, and of the preview, beside the endpoint. */
function refuseService({ protocol, host, pathname, searchParams }: URL): void {
  const isService = /\/(?:realtime|deployments)(?:\/|$)/.test(pathname);
  if (!isService && !searchParams.has("api-version") && !searchParams.has("deployment")) return;
  const [before = ""] = pathname.split(/\/(?:openai|realtime|deployments)(?:\/|$)/);
  const paste = `${protocol}//${host}${before.replace(/\/+$/, "")}`;
  throw new RealtimeError(
    "invalid_argument",
    `The endpoint of an Azure address has no path and no query of a service: paste ${paste}, and name the deployment beside it.`,
  );
}
