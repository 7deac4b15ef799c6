import { pacedPlayer } from "@duologue/audio";
import {
  type Conversation,
  type ConversationOptions,
  type ConversationState,
  conversation,
  type Player,
} from "@duologue/conversation";
import { type Clock, type Entry, realtimeSession, type Session, type Transport } from "@duologue/core";
import type { DtmfDigit, EmulatorOptions } from "@duologue/emulator";
import { type ClientEvent, openaiRealtime, type ServerEvent } from "@duologue/protocol";
import type { VirtualClock } from "@duologue/testing";

/** What a program of a flow has to do with. */
interface Stage {
  readonly talk: Conversation;
  readonly session: Session<ClientEvent, ServerEvent>;
  /** Lets time go by. */
  wait(ms: number): Promise<void>;
  /** The microphone: so much of a voice, then so much silence, as it is heard. */
  speak(voiceMs: number, silenceMs?: number): Promise<void>;
}

/** A flow after it was recorded: the log, and the state that it leads to. */
export interface Lived {
  readonly log: readonly Entry<ClientEvent, ServerEvent>[];
  readonly state: ConversationState;
}

/** Something that happens in conversations, as a program and the service that it talks to. */
export interface Flow {
  /** What its recording is called. */
  readonly name: string;
  /** One sentence for people. */
  readonly about: string;
  readonly service: Omit<EmulatorOptions, "clock" | "epochMs">;
  /** What the session is told beside the telephone's format; transcription is off unless it says so. */
  readonly session?: Extract<ClientEvent, { type: "session.update" }>["session"];
  /** What the session does. Default: it converses. */
  readonly kind?: "realtime" | "transcription";
  /** Whether the service plays its sound itself. Default: `events`. */
  readonly audio?: "events" | "media";
  readonly options?: Settings | ((clock: Clock) => Settings);
  /** Where answers sound that travel as events. Default: a loudspeaker that takes its time. */
  readonly player?: (clock: Clock) => Player;
  /** The keys that the caller presses on his telephone, and when; with `audio: "media"`. */
  readonly keys?: readonly { readonly digit: DtmfDigit; readonly atMs: number }[];
  readonly rollOver?: { readonly beforeMs: number; readonly patienceMs: number };
  run(stage: Stage): Promise<unknown>;
  /** Expects of what was lived what the flow is about. */
  shows(lived: Lived): void;
}

type Settings = Omit<ConversationOptions, "clock" | "player">;

const telephone = { type: "audio/pcmu" } as const;
const frameMs = 100;

/** 100 ms of G.711: a voice is loud, silence is not. */
const frame = (byte: number) => Buffer.alloc((8_000 * frameMs) / 1000, byte).toString("base64");
// A square wave at full amplitude, and zero, in µ-law.
const loud = Buffer.from(
  Array.from({ length: (8_000 * frameMs) / 1000 }, (_, at) => (at % 40 < 20 ? 0x80 : 0x00)),
).toString("base64");
const quiet = frame(0xff);

/** Holds a flow's conversation over a transport; resolves with its last state. */
export async function held(
  flow: Flow,
  transport: Transport,
  clock: VirtualClock,
  onEntry: (entry: Entry) => void = () => {},
): Promise<ConversationState> {
  const { audio = "events", options, rollOver } = flow;
  const format = audio === "events" ? { format: telephone } : {};
  const configure: ClientEvent = {
    type: "session.update",
    session: flow.session ?? {
      type: "realtime",
      output_modalities: ["audio"],
      audio: { input: format, output: format },
    },
  };
  const session = realtimeSession({
    transport,
    protocol: openaiRealtime,
    clock,
    epochMs: () => clock.now(),
    reconnect: { random: () => 0 },
    rollOver: rollOver ?? false,
    configure: [configure],
  });
  const speaker = pacedPlayer({ sampleRateHz: 8_000, clock, frameMs: 100 });
  const player = flow.player?.(clock) ?? speaker;
  const settings = typeof options === "function" ? options(clock) : options;
  const talk = conversation(session, { ...settings, clock, ...(audio === "events" ? { player } : {}) });
  session.log$.subscribe(onEntry);
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const send = async (sound: string, ms: number) => {
    for (let sentMs = 0; sentMs < ms; sentMs += frameMs) {
      talk.appendAudio(sound);
      await wait(frameMs);
    }
  };
  await session.open();
  await flow.run({
    talk,
    session,
    wait,
    async speak(voiceMs, silenceMs = 500) {
      await send(loud, voiceMs);
      await send(quiet, silenceMs);
    },
  });
  await session.close();
  const { state } = talk;
  talk.close();
  speaker.stop();
  return state;
}

/** What comes of it while virtual time goes by. */
export async function during<T>(clock: VirtualClock, outcome: Promise<T>): Promise<T> {
  let waiting = true;
  const over = () => {
    waiting = false;
  };
  outcome.then(over, over);
  while (waiting) {
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(10);
  }
  return outcome;
}
