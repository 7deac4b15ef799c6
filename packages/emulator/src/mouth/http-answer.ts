import { isNestedDeeper, mostLevels } from "@duologue/protocol";
import { tooDeep, tooManyValues } from "../wire/client-event.ts";
import { type Refusal, refusal } from "../wire/refusal.ts";
import { anyObject, isObject } from "../wire/shape.ts";

/** A body may be the session of an event, in which it stands one level deeper. */
const mostWrapped = 1;

/** A request that is refused: the status, and the error that its answer carries. */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";
  readonly status: number;
  readonly refusal: Refusal;

  constructor(status: number, refusal: Refusal) {
    super(refusal.message);
    this.status = status;
    this.refusal = refusal;
  }
}

/** An answer in JSON. */
export function jsonAnswer(status: number, body: unknown): Response {
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    status,
    headers: { "content-type": "application/json" },
  });
}

/** So many characters of a list are made in one go. */
const listPieceCharacters = 64 * 1024;

/** Answers with a list under a name, however long: made in pieces between which all else goes on. */
export function jsonListAnswer(name: string, entries: Iterable<unknown>): Response {
  const utf8 = new TextEncoder();
  const pieces = piecesOf(name, entries);
  const body = new ReadableStream<Uint8Array>({
    async pull(stream) {
      const { done, value } = pieces.next();
      if (done === true) {
        stream.close();
        return;
      }
      stream.enqueue(utf8.encode(value));
      // It is the machine that does something else meanwhile, whatever a service's clock shows.
      await new Promise((resolve) => setTimeout(resolve));
    },
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

function* piecesOf(name: string, entries: Iterable<unknown>): Generator<string, undefined> {
  let piece = `{${JSON.stringify(name)}:[`;
  let separator = "";
  for (const entry of entries) {
    piece += separator + JSON.stringify(entry);
    separator = ",";
    if (piece.length < listPieceCharacters) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}]}`;
}

/** The body of an answer that refuses, as the service spells it. */
export function refusalBody({ refusal }: HttpRefusal): { readonly error: object } {
  const { type = "invalid_request_error", code, message, param } = refusal;
  return { error: { message, type, param, code } };
}

/** An answer that refuses. */
export function refusalAnswer(refused: HttpRefusal): Response {
  return jsonAnswer(refused.status, refusalBody(refused));
}

/** The refusal of a call or session that is over or was never there. */
export function unknownCall(id: string): HttpRefusal {
  return new HttpRefusal(404, refusal("call_id_not_found", `No session found for call_id '${id}'.`));
}

/** The object of this shape that a request carries as JSON, `{}` where it carries nothing. Throws `HttpRefusal`. */
export async function jsonBody(request: Request, of = anyObject): Promise<Readonly<Record<string, unknown>>> {
  const text = await request.text();
  const body = text.trim() === "" ? {} : jsonObject(text, null);
  const refused = of(body, "");
  if (refused !== undefined) throw new HttpRefusal(400, refused);
  return body;
}

/** The object that a text is. Throws `HttpRefusal`; `param` is the field at fault. */
export function jsonObject(text: string, param: string | null): Readonly<Record<string, unknown>> {
  const what = param === null ? "The body of your request" : `'${param}'`;
  const tooMany = tooManyValues(text, what);
  if (tooMany !== undefined) throw new HttpRefusal(400, { ...tooMany, param });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HttpRefusal(400, { code: "invalid_json", message: `${what} is not valid JSON.`, param });
  }
  if (isNestedDeeper(value, text, mostLevels - mostWrapped)) {
    throw new HttpRefusal(400, { ...tooDeep(what), param });
  }
  if (isObject(value)) return value;
  throw new HttpRefusal(400, { code: "invalid_type", message: `${what} must be a JSON object.`, param });
}
