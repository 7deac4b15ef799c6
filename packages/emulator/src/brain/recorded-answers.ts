import { type AudioFormatType, audioFormats, base64ToBytes, decodeAudio, resample } from "@duologue/audio";
import type { RealtimeResponse, ServerEvent } from "@duologue/protocol";
import type { Plan, PlannedCall, PlannedDelta } from "./plan.ts";
import type { ScenarioTurn } from "./scenario.ts";

/** Samples of a plan come at this rate. */
const planRateHz = 24_000;
/** Longer than any session. */
const neverMs = 100 * 60 * 60 * 1000;

/** Gathers what each response of a recording did. */
export interface RecordedAnswers {
  /** Takes the next server event; gives how many turns have begun since the first. */
  take(event: ServerEvent, atMs: number | null): number;
  /** The plans of all turns, with the deltas that came when their response had been cancelled. */
  turns(): readonly Pick<ScenarioTurn, keyof Plan | "faults">[];
}

/** Stands for sound on a media track that does not end by itself: it is silenced, or the recording ends before. */
const unheard = { speech: new Int16Array(60 * planRateHz) };

/** A plan in the making. */
interface Making {
  readonly createdMs: number | null;
  delayMs: number | undefined;
  /** Deltas of the message; `undefined` where it has none. */
  deltas: PlannedDelta[] | undefined;
  lastMs: number | null;
  readonly tools: PlannedCall[];
  /** When the last of its calls was done. */
  calledMs: number | null;
  end: Pick<Plan, "status" | "reason" | "error"> | "open";
  /** How many deltas came after the end; `undefined` before it. */
  late: number | undefined;
}

type EventOf<T extends ServerEvent["type"]> = Extract<ServerEvent, { type: T }>;

/** An empty gathering. */
export function recordedAnswers(): RecordedAnswers {
  const makings: Making[] = [];
  const current = new Map<string, Making>();
  /** The responses that sounded on a media track, and the delta that stands for the sound. */
  const track = new Map<
    string,
    { readonly startedMs: number | null; readonly sound: PlannedDelta | undefined }
  >();
  let format: AudioFormatType = "audio/pcm";

  const begin = (responseId: string, atMs: number | null): Making => {
    const making: Making = {
      createdMs: atMs,
      delayMs: undefined,
      deltas: undefined,
      lastMs: null,
      tools: [],
      calledMs: null,
      end: "open",
      late: undefined,
    };
    makings.push(making);
    current.set(responseId, making);
    return making;
  };

  const addItem = ({ response_id, item }: EventOf<"response.output_item.added">, atMs: number | null) => {
    let making = current.get(response_id);
    if (making === undefined) return;
    // What a response says after a call of MCP it has been asked for once more.
    if (item.type === "message" && making.tools.some(({ server }) => server !== undefined)) {
      making.end = {};
      making = begin(response_id, making.calledMs);
    }
    making.delayMs ??= between(making.createdMs, atMs);
    if (item.type !== "message") return;
    making.deltas ??= [];
    making.lastMs ??= atMs;
  };

  const addDelta = (
    responseId: string,
    atMs: number | null,
    delta: { readonly text: string } | { readonly speech: Int16Array },
  ): PlannedDelta | undefined => {
    const making = current.get(responseId);
    if (making === undefined) return undefined;
    const afterMs = between(making.lastMs, atMs);
    making.lastMs = atMs;
    const added = { ...delta, ...(afterMs !== undefined && { afterMs }) };
    making.deltas = [...(making.deltas ?? []), added];
    return added;
  };

  /** Whether a delta comes after the end of its response; it is counted. */
  const isLate = (responseId: string): boolean => {
    const making = current.get(responseId);
    if (making?.late === undefined) return false;
    making.late++;
    return true;
  };

  /** How long the track of a response sounded is known at its end. */
  const soundFor = (responseId: string, ms: number) => {
    const making = current.get(responseId);
    const sound = track.get(responseId)?.sound;
    if (making === undefined || sound === undefined) return;
    const speech = new Int16Array(Math.round((ms * planRateHz) / 1000));
    making.deltas = making.deltas?.map((delta) => (delta === sound ? { ...sound, speech } : delta));
  };

  const take = (event: ServerEvent, atMs: number | null) => {
    switch (event.type) {
      case "session.created":
      case "session.updated": {
        const { session } = event;
        const output = session.type === "realtime" ? session.audio?.output : undefined;
        format = output?.format?.type ?? format;
        break;
      }
      case "response.created":
        begin(event.response.id ?? "", atMs);
        break;
      case "response.output_item.added":
        addItem(event, atMs);
        break;
      case "response.output_item.done": {
        const call = callOf(event);
        const making = current.get(event.response_id);
        if (call === undefined || making === undefined) break;
        making.tools.push(call);
        making.calledMs = atMs;
        break;
      }
      case "response.output_text.delta":
      case "response.output_audio_transcript.delta":
        if (!isLate(event.response_id)) addDelta(event.response_id, atMs, { text: event.delta });
        break;
      case "response.output_audio.delta":
        if (!isLate(event.response_id))
          addDelta(event.response_id, atMs, { speech: samplesOf(event.delta, format) });
        break;
      case "output_audio_buffer.started":
        track.set(event.response_id, { startedMs: atMs, sound: addDelta(event.response_id, atMs, unheard) });
        break;
      case "output_audio_buffer.stopped":
        soundFor(event.response_id, between(track.get(event.response_id)?.startedMs ?? null, atMs) ?? 0);
        break;
      case "response.done": {
        const making = current.get(event.response.id ?? "");
        if (making !== undefined) Object.assign(making, { end: endOf(event.response), late: 0 });
        break;
      }
    }
  };

  return {
    take(event, atMs) {
      take(event, atMs);
      return makings.length;
    },
    turns: () => makings.map(planOf),
  };
}

function planOf({ delayMs, deltas, tools, end, late = 0 }: Making) {
  const open = end === "open";
  const goesOn = { text: "", afterMs: neverMs };
  // What never began keeps the client waiting from its beginning.
  const waits = open && deltas === undefined && tools.length === 0;
  return {
    ...(waits ? { delayMs: neverMs } : delayMs !== undefined && { delayMs }),
    ...(deltas !== undefined && { deltas: open ? [...deltas, goesOn] : deltas }),
    ...(tools.length > 0 && { tools }),
    ...(open ? {} : end),
    ...(open && late > 0 && { faults: [{ type: "late_deltas" as const, count: late }] }),
  };
}

function callOf({ item }: EventOf<"response.output_item.done">): PlannedCall | undefined {
  if (item.type === "function_call") return { name: item.name, arguments: item.arguments };
  if (item.type !== "mcp_call") return undefined;
  return { server: item.server_label, name: item.name, arguments: item.arguments };
}

/** How a plan has to end so that the response ends so; one that was cancelled does not end by itself. */
function endOf({ status, status_details: details }: RealtimeResponse): Making["end"] {
  // Some services give a bare string in its place.
  const known = typeof details === "object" && details !== null ? details : {};
  switch (status) {
    case "cancelled":
      return "open";
    case "incomplete":
      return {
        status,
        reason: known.reason === "max_output_tokens" ? "max_output_tokens" : "content_filter",
      };
    case "failed": {
      const { type, code, message } = known.error ?? {};
      return { status, error: { ...(type && { type }), ...(code && { code }), ...(message && { message }) } };
    }
    default:
      return {};
  }
}

function samplesOf(base64: string, type: AudioFormatType): Int16Array {
  const format = audioFormats[type];
  let bytes: Uint8Array;
  try {
    bytes = base64ToBytes(base64);
  } catch {
    return new Int16Array();
  }
  const whole = bytes.subarray(0, bytes.length - (bytes.length % format.bytesPerSample));
  const samples = decodeAudio(format, whole);
  const { sampleRateHz } = format;
  if (sampleRateHz === planRateHz) return samples;
  return resample(samples, { inputRateHz: sampleRateHz, outputRateHz: planRateHz });
}

function between(fromMs: number | null, toMs: number | null): number | undefined {
  return fromMs === null || toMs === null ? undefined : Math.max(0, toMs - fromMs);
}
