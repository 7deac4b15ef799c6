import type { RecordedEvent } from "./recorded-event.ts";
import type { ScenarioTurn, ScriptedDetection } from "./scenario.ts";

/** What a turn of a scenario knows of the user. */
type HeardTurn = Pick<ScenarioTurn, "heard" | "transcription" | "detection">;

/** Gathers what the user said in a recording. */
export interface RecordedSpeech {
  /** Takes the next server event. */
  take(recorded: RecordedEvent): void;
  /** What is heard before each turn, the transcription of which did or did not come. */
  turns(): readonly HeardTurn[];
}

/** A speech that was committed. */
interface Heard {
  readonly turn: number;
  readonly atMs: number | null;
  readonly detection: ScriptedDetection | undefined;
  readonly segments: { speaker: string; text: string }[];
  outcome: "completed" | "failed" | "none";
  endMs: number | null;
  transcript: string;
}

type Detecting = { -readonly [K in keyof ScriptedDetection]?: ScriptedDetection[K] };

/** An empty gathering; `detects` says whether to note when the speech was found. */
export function recordedSpeech(detects: boolean): RecordedSpeech {
  const heard = new Map<string, Heard>();
  const detecting = new Map<string, Detecting>();
  let unheardTurn = 0;

  return {
    take({ event, atMs, appends, turns }) {
      switch (event.type) {
        case "input_audio_buffer.speech_started": {
          const { item_id, audio_start_ms: audioStartMs } = event;
          detecting.set(item_id, { startsAtAppend: appends, audioStartMs });
          break;
        }
        case "input_audio_buffer.speech_stopped": {
          const begun = detecting.get(event.item_id) ?? {};
          detecting.set(event.item_id, { ...begun, stopsAtAppend: appends, audioEndMs: event.audio_end_ms });
          break;
        }
        case "input_audio_buffer.committed": {
          // As the engine counts: a speech belongs to the next response, or to one after it where that has its own.
          const turn = Math.max(turns, unheardTurn);
          unheardTurn = turn + 1;
          const detection = wholeDetection(detecting.get(event.item_id));
          const common = { segments: [], outcome: "none", endMs: null, transcript: "" } as const;
          heard.set(event.item_id, { ...common, segments: [], turn, atMs, detection });
          break;
        }
        case "conversation.item.input_audio_transcription.segment":
          heard.get(event.item_id)?.segments.push({ speaker: event.speaker, text: event.text });
          break;
        case "conversation.item.input_audio_transcription.completed":
          end(heard.get(event.item_id), "completed", atMs, event.transcript);
          break;
        case "conversation.item.input_audio_transcription.failed":
          end(heard.get(event.item_id), "failed", atMs, "");
          break;
      }
    },
    turns() {
      const turns: HeardTurn[] = [];
      for (let index = 0; index < unheardTurn; index++) turns.push({});
      for (const speech of heard.values()) turns[speech.turn] = turnOf(speech, detects);
      return turns;
    },
  };
}

function end(heard: Heard | undefined, outcome: Heard["outcome"], atMs: number | null, transcript: string) {
  if (heard !== undefined) Object.assign(heard, { outcome, endMs: atMs, transcript });
}

function turnOf(
  { atMs, endMs, outcome, segments, transcript, detection }: Heard,
  detects: boolean,
): HeardTurn {
  const delayMs = atMs === null || endMs === null ? undefined : Math.max(0, endMs - atMs);
  const transcription = {
    outcome,
    ...(delayMs !== undefined && { delayMs }),
    ...(segments.length > 0 && { segments }),
  };
  return { heard: transcript, transcription, ...(detects && detection && { detection }) };
}

function wholeDetection(detecting: Detecting | undefined): ScriptedDetection | undefined {
  const { startsAtAppend, stopsAtAppend, audioStartMs, audioEndMs } = detecting ?? {};
  if (startsAtAppend === undefined || audioStartMs === undefined) return undefined;
  // A commit of the client ended it.
  if (stopsAtAppend === undefined || audioEndMs === undefined) {
    return { startsAtAppend, audioStartMs, stopsAtAppend: Number.MAX_SAFE_INTEGER, audioEndMs: audioStartMs };
  }
  return { startsAtAppend, stopsAtAppend, audioStartMs, audioEndMs };
}
