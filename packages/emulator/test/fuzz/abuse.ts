import {
  openaiRealtime,
  openaiTranslation,
  type ServerEvent,
  type TranslationServerEvent,
} from "@duologue/protocol";
import type { Scenario } from "../../src/brain/scenario.ts";
import { type Engine, engine } from "../../src/engine/engine.ts";
import { dtmfDigits, type EngineInput, type UntimedInput } from "../../src/engine/engine-input.ts";
import type { EngineOutput } from "../../src/engine/engine-output.ts";
import type { GivenSettings } from "../../src/engine/engine-settings.ts";
import type { EngineState } from "../../src/engine/engine-state.ts";
import type { Fault } from "../../src/engine/fault.ts";
import { heldBytes } from "../../src/engine/held-bytes.ts";
import type { Voice } from "../../src/voice/voice.ts";
import { chance } from "./chance.ts";
import type { FramePool } from "./frame-pool.ts";

/** What a run has met. */
export interface Abuse {
  /** How many frames were sent. */
  readonly frames: number;
  /** How many sessions it took. */
  readonly sessions: number;
  /** How many events of each type came. */
  readonly counts: ReadonlyMap<string, number>;
  /** What came that the protocol does not allow; the first few. */
  readonly invalid: readonly unknown[];
  /** The codes of all errors. */
  readonly codes: ReadonlySet<string>;
  /** The most that any session's state has held, by what it holds. */
  readonly most: Readonly<Record<Measure, number>>;
}

type Measure = "items" | "bytes" | "responses" | "servers" | "late" | "put off" | "values";

/** As much as the sessions under abuse may hold. */
export const bounds = { maxItems: 200, maxHeldBytes: 4_000_000, maxResponses: 4, maxMcpServers: 2 } as const;

/** Short, and made in no time. */
const click: Voice = (text, sampleRateHz) => new Int16Array(Math.min(text.length, 40) * (sampleRateHz / 100));

const scenario: Scenario = {
  turns: [
    { tools: [{ server: "docs", name: "search", arguments: { q: "it" } }] },
    { heard: "Hello", say: "Hello there.", tools: [{ name: "look" }] },
    { say: "Never mind.", status: "incomplete" },
    { status: "failed" },
  ],
  mcp: {
    docs: { tools: [{ name: "search", annotations: { readOnlyHint: true } }, { name: "delete" }] },
    broken: { tools: [], failsToList: true },
  },
  prompts: { pmpt_1: { instructions: "Speak of {{city}}." } },
};

/** A session that soon wants to hear something. */
const impatient = {
  type: "realtime",
  audio: { input: { turn_detection: { type: "server_vad", idle_timeout_ms: 5000 } } },
};

const common: GivenSettings = {
  ...bounds,
  scenario,
  voice: click,
  pace: 40,
  firstOutputMs: 30,
  chunkMs: 100,
};

/** The same service in several humours; `without` are frames that take too long: telephone sound has to be resampled. */
const services: readonly {
  readonly service: Engine;
  readonly opening: Partial<OpenedInput>;
  readonly without?: string;
}[] = [
  { service: engine(common), opening: { configuration: impatient } },
  {
    service: engine({
      ...common,
      maxInputTokens: 1500,
      unsettled: { goesOnAfterMcp: true, refusesLongContext: true },
    }),
    opening: {},
  },
  { service: engine({ ...common, answers: "ask" }), opening: {} },
  { service: engine(common), opening: { audio: "media" }, without: '"audio/pcmu"' },
  { service: engine(common), opening: { kind: "transcription", model: "" } },
  { service: engine(common), opening: { kind: "translation" } },
];

type OpenedInput = Extract<EngineInput, { type: "opened" }>;

const faults: readonly Fault[] = [
  { type: "delay", ms: 20, jitterMs: 30, count: 3 },
  { type: "reorder", count: 2, by: 3 },
  { type: "duplicate" },
  { type: "withhold", event: "response.*" },
  { type: "half_frame" },
  { type: "missing_event_id" },
  { type: "unknown_event", event: "response.created" },
  { type: "error", afterMs: 10 },
  { type: "end_response", status: "failed" },
  { type: "end_response", status: "incomplete", event: "response.content_part.added" },
  { type: "late_deltas" },
  { type: "close", code: 1011, event: "error", skip: 20 },
  { type: "cut", event: "response.done", skip: 3 },
];

/** How many frames a session gets at the most. */
const framesPerSession = 2000;
/** How many frames pass between two looks at the state as a whole. */
const framesPerLook = 500;

/**
 * Sends so many frames from the pool, in an order that the seed decides, with everything else that can happen in
 * between. Names in them stand for what the session knows: its newest item, response, call and request for approval.
 */
export function abused({ legal, illegal }: FramePool, frameCount: number, seed: number): Abuse {
  const random = chance(seed);
  const counts = new Map<string, number>();
  const invalid: unknown[] = [];
  const codes = new Set<string>();
  const most = { items: 0, bytes: 0, responses: 0, servers: 0, late: 0, "put off": 0, values: 0 };
  let sessions = 0;
  let frames = 0;

  const see = (measure: Measure, value: number) => {
    if (value > most[measure]) most[measure] = value;
  };

  const look = (state: EngineState) => {
    see("items", state.conversation.length);
    see("bytes", heldBytes(state));
    see("responses", state.responses.length);
    see("servers", state.mcp.servers.length);
    see("late", state.line.held.length);
    see("put off", state.later.length);
  };

  const judge = (output: EngineOutput, kind: EngineState["kind"]) => {
    if (output.type !== "send") return;
    const { type } = output.event;
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    if (output.event.type === "error") codes.add(output.event.error.code ?? "none");
    // Sound is the same every time, and long: of most deltas its beginning will do.
    const event = count % 20 === 0 ? output.event : withLittleSound(output.event);
    if (isInvalid(event, kind) && invalid.length < 5) invalid.push(event);
  };

  const session = () => {
    const { service, opening, without } = services[sessions % services.length] ?? services[0]!;
    sessions++;
    let state = service.begin(`abuse/${sessions}`);
    let atMs = 0;
    let newest: Newest = { item: "none", response: "none", call: "none", approval: "none" };
    const feed = (input: UntimedInput) => {
      const step = service.step(state, { ...input, atMs });
      state = step.state;
      for (const output of step.outputs) {
        judge(output, state.kind);
        newest = newer(newest, output);
        if (output.type === "ask" && random.below(4) > 0) {
          feed({ type: "answer", responseId: output.request.responseId, plan: { say: "Well, well." } });
        }
      }
    };
    feed({ type: "opened", epochMs: 1e12, model: "gpt-realtime", ...opening });
    for (let sent = 0; sent < framesPerSession && frames < frameCount && state.phase === "open"; sent++) {
      frames++;
      atMs += random.below(200) === 0 ? 8000 : random.below(60);
      const pool = random.below(5) === 0 ? illegal : legal;
      const text = pool[random.below(pool.length)] ?? "";
      if (without !== undefined && text.includes(without)) continue;
      feed({ type: "frame", text: named(text, newest) });
      if (random.below(100) === 0) feed(somethingElse(random));
      look(state);
      if (frames % framesPerLook === 0) see("values", valuesIn(state));
    }
  };

  while (frames < frameCount) session();
  return { frames, sessions, counts, invalid, most, codes };
}

interface Newest {
  readonly item: string;
  readonly response: string;
  readonly call: string;
  readonly approval: string;
}

function newer(newest: Newest, output: EngineOutput): Newest {
  if (output.type !== "send") return newest;
  const { event } = output;
  if (event.type === "response.created") return { ...newest, response: event.response.id ?? "none" };
  if (event.type !== "conversation.item.added") return newest;
  const { item } = event;
  if (item.type === "function_call") return { ...newest, item: item.id, call: item.call_id ?? "none" };
  if (item.type === "mcp_approval_request") return { ...newest, item: item.id, approval: item.id };
  return { ...newest, item: item.id };
}

function named(text: string, { item, response, call, approval }: Newest): string {
  if (!text.includes('_1"')) return text;
  return text
    .replaceAll('"item_1"', JSON.stringify(item))
    .replaceAll('"resp_1"', JSON.stringify(response))
    .replaceAll('"call_1"', JSON.stringify(call))
    .replaceAll('"approval_1"', JSON.stringify(approval));
}

function somethingElse(random: ReturnType<typeof chance>): UntimedInput {
  const fault = faults[random.below(faults.length)] ?? faults[0]!;
  switch (random.below(8)) {
    case 0:
      return { type: "binary" };
    case 1:
      return { type: "dtmf", digit: dtmfDigits[random.below(dtmfDigits.length)] ?? "0" };
    case 2:
      return { type: "microphone", samples: new Int16Array(480).fill(random.below(8000)) };
    case 3:
      return { type: "answer", responseId: "resp_unknown", plan: { say: "Too late." } };
    case 4:
      return { type: "tick" };
    default:
      return { type: "fault", fault };
  }
}

/** The event with 100 characters of its sound at the most; whole base64, since four of them stand for three bytes. */
function withLittleSound<E extends ServerEvent | TranslationServerEvent>(event: E): E {
  if (!event.type.endsWith("audio.delta") || !("delta" in event) || typeof event.delta !== "string")
    return event;
  return { ...event, delta: event.delta.slice(0, 100) };
}

function isInvalid(event: ServerEvent | TranslationServerEvent, kind: EngineState["kind"]): boolean {
  const protocol = kind === "translation" ? openaiTranslation : openaiRealtime;
  const decoded = protocol.decode(JSON.stringify(event));
  return decoded.kind !== "known" || decoded.issues.length > 0;
}

/** How many values there are in a state, each array of samples one of them, the links of their chains included. */
function valuesIn(state: EngineState): number {
  const waiting: unknown[] = [state];
  let count = 0;
  for (let value = waiting.pop(); waiting.length > 0 || value !== undefined; value = waiting.pop()) {
    count++;
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) continue;
    for (const field of Object.values(value)) if (field !== undefined) waiting.push(field);
  }
  return count;
}
