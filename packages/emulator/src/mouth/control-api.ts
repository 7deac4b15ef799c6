import type { Clock } from "@duologue/core";
import { faultShape } from "../brain/fault-shape.ts";
import type { Fault } from "../engine/fault.ts";
import { speechInWav } from "../voice/speech-in-wav.ts";
import { closeCodeShape, closeReasonShape } from "../wire/close-code.ts";
import { messageOf } from "../wire/message-of.ts";
import { fieldRefusal, refusal } from "../wire/refusal.ts";
import { list, object, type Shape, text } from "../wire/shape.ts";
import type { Call, Calls } from "./calls.ts";
import type { Control, ServiceControl } from "./control.ts";
import { HttpRefusal, jsonAnswer, jsonBody, jsonListAnswer } from "./http-answer.ts";
import type { LiveSessions } from "./live-sessions.ts";
import { watchStream } from "./watch-stream.ts";

/** What the control endpoint works on. */
export interface ControlApiOptions {
  readonly control: ServiceControl;
  readonly live: LiveSessions;
  readonly calls: Calls<Call>;
  readonly clock: Clock;
}

type Answer = (request: Request, id: string) => Promise<Response>;

/**
 * The control endpoint, below `/_duologue/`. Throws `HttpRefusal` for what it refuses. `path` is what follows
 * `/_duologue/`.
 */
export function controlApi(
  options: ControlApiOptions,
): (request: Request, path: string) => Promise<Response> {
  const { control, live, calls, clock } = options;

  /** Does something to the sessions with an id, given the body that it wants. */
  function toSessions(
    shape: Shape,
    act: (id: string, body: Readonly<Record<string, unknown>>) => number,
  ): Answer {
    return async (request, id) => {
      const body = await jsonBody(request, shape);
      const sessions = act(id, body);
      if (sessions === 0 && id !== "all") throw nobody(id);
      return jsonAnswer(200, { sessions });
    };
  }

  const nothing = object({});
  const answers: Readonly<Record<string, Answer>> = {
    "GET sessions": async () => jsonListAnswer("sessions", control.reports()),
    "GET watch": async () => watchStream(control, live, clock),
    "GET calls": async () =>
      jsonAnswer(200, {
        calls: Array.from(calls.all, ({ id, carrier, state, outcome, session }) => ({
          id,
          carrier,
          state,
          outcome,
          session_id: session?.id,
        })),
      }),
    // The shape has found no fault in the body.
    "POST sessions/fault": toSessions(faultShape, (id, body) => control.fault(id, body as unknown as Fault)),
    "POST sessions/expire": toSessions(nothing, (id) => control.expire(id)),
    "POST sessions/cut": toSessions(nothing, (id) => control.cut(id)),
    "POST sessions/close": toSessions(closeShape, (id, { code, reason = "" }) =>
      control.close(id, Number(code), String(reason)),
    ),
    "POST sessions/dtmf": toSessions(
      object({ required: { digits: text({ maxLength: 64 }) } }),
      (id, { digits }) => press(control, id, String(digits)),
    ),
    "POST calls": async (request) => {
      const { sip_headers } = await jsonBody(request, ringShape);
      const headers = sip_headers as readonly { name: string; value: string }[] | undefined;
      const { callId, webhook } = await control.ring(headers && { sipHeaders: headers });
      return jsonAnswer(200, { call_id: callId, webhook: webhook ?? null });
    },
    "POST calls/say": async (request, id) => {
      const samples = await samplesIn(new Uint8Array(await request.arrayBuffer()));
      if (!control.say(id, samples)) throw nobody(id);
      return jsonAnswer(200, { ms: Math.round(samples.length / 24) });
    },
    "POST calls/hangup": async (_request, id) => {
      if (!control.callerHangsUp(id)) throw nobody(id);
      return jsonAnswer(200, {});
    },
  };

  return async (request, path) => {
    const [kind = "", id, verb] = path.split("/");
    const name = id === undefined ? kind : `${kind}/${verb ?? ""}`;
    const answer = answers[`${request.method} ${name}`];
    if (answer === undefined) {
      const known = Object.keys(answers).map((key) =>
        key.replace(/ (\w+)(\/?)/, (_all, first, slash) => ` /_duologue/${first}${slash && "/{id}/"}`),
      );
      throw new HttpRefusal(404, refusal(null, `There is no such control. There are: ${known.join(", ")}.`));
    }
    return answer(request, id ?? "");
  };
}

const closeShape = object({
  required: { code: closeCodeShape },
  optional: { reason: closeReasonShape },
});

const ringShape = object({
  optional: { sip_headers: list(object({ required: { name: text(), value: text() } }), { maxItems: 100 }) },
});

function nobody(id: string): HttpRefusal {
  return new HttpRefusal(404, refusal("not_found", `There is no '${id}' here, or it is over.`));
}

function press(control: Control, id: string, digits: string): number {
  try {
    return control.press(id, digits);
  } catch (error) {
    throw new HttpRefusal(400, fieldRefusal("invalid_value", "digits", messageOf(error)));
  }
}

/** The sound of a WAV file, mono at 24 kHz. */
async function samplesIn(bytes: Uint8Array): Promise<Int16Array> {
  try {
    return await speechInWav(bytes);
  } catch (error) {
    throw new HttpRefusal(400, refusal("invalid_audio", `Send a WAV file: ${messageOf(error)}`));
  }
}
