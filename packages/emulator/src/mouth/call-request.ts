import { fieldRefusal, refusal } from "../wire/refusal.ts";
import { HttpRefusal, jsonObject } from "./http-answer.ts";

/** What `POST /v1/realtime/calls` brings. */
export interface CallRequest {
  /** The SDP offer. */
  readonly sdp: string;
  /** The settings of the session, where the request has them. */
  readonly session?: Readonly<Record<string, unknown>>;
}

/** Reads the request: a form with the parts `sdp` and `session`, or the offer alone. Throws `HttpRefusal`. */
export async function readCallRequest(request: Request): Promise<CallRequest> {
  const type = request.headers.get("content-type") ?? "";
  if (/^application\/sdp\b/i.test(type)) return { sdp: offerIn(await request.text()) };
  if (!/^multipart\/form-data\b/i.test(type)) {
    const message = `Unsupported content type '${type}': send 'application/sdp' or 'multipart/form-data'.`;
    throw new HttpRefusal(400, refusal("unsupported_content_type", message));
  }
  const form = await request.formData().catch(() => {
    throw new HttpRefusal(400, refusal("invalid_form", "The body of your request is no multipart form."));
  });
  const sdp = await partOf(form, "sdp");
  if (sdp === undefined) {
    const message = "Missing required parameter: 'sdp'.";
    throw new HttpRefusal(400, fieldRefusal("missing_required_parameter", "sdp", message));
  }
  const session = await partOf(form, "session");
  return { sdp: offerIn(sdp), ...(session !== undefined && { session: jsonObject(session, "session") }) };
}

async function partOf(form: FormData, name: string): Promise<string | undefined> {
  const part = form.get(name);
  return part === null || typeof part === "string" ? (part ?? undefined) : part.text();
}

function offerIn(sdp: string): string {
  const [first = "", ...others] = sdp.split(/\r?\n/);
  const isWhole = others.some((line) => line !== "");
  if (first === "v=0" && isWhole) return sdp;
  const why = first === "v=0" ? "nothing follows its first line" : "its first line is not 'v=0'";
  throw new HttpRefusal(400, fieldRefusal("invalid_offer", "sdp", `This is no SDP offer: ${why}.`));
}
