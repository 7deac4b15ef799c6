import { pacedPlayer } from "@duologue/audio";
import { type ConversationState, conversation, type EffectProblem, isQuiet } from "@duologue/conversation";
import { type Entry, type Problem, RealtimeError, realtimeSession, type Status } from "@duologue/core";
import { emulator } from "@duologue/emulator";
import { type AudioFormat, openaiRealtime } from "@duologue/protocol";
import { type FaultEntry, seededRandom, virtualClock } from "@duologue/testing";
import { replayedState } from "../legal/replayed-state.ts";
import { network, type Weather, type WeatherName, weatherOf, weathers } from "./network.ts";
import { type Doings, program, scenario, tools } from "./program.ts";

/** A session that is over, and all that can be said of it. */
export interface SoakSession {
  readonly seed: number;
  readonly weather: WeatherName;
  readonly doings: Doings;
  /** What was thrown where nothing may throw. */
  readonly thrown: readonly unknown[];
  /** Why it did not open; most weathers let it. */
  readonly openError?: RealtimeError;
  readonly log: readonly Entry[];
  readonly faults: readonly FaultEntry[];
  readonly problems: readonly Problem[];
  readonly effectProblems: readonly EffectProblem[];
  /** Before it was closed, after a while of rest. */
  readonly atRest: { readonly status: Status; readonly state: ConversationState };
  readonly state: ConversationState;
  /** The state of the log, recorded and replayed. */
  readonly replayed: ConversationState;
  /** Timers that were left when all was closed. */
  readonly timersLeft: number;
}

/** Lives through the session of a seed, in virtual time. */
export async function soakSession(seed: number): Promise<SoakSession> {
  const random = seededRandom(seed);
  const weather = weatherOf(seed);
  const { expireAfterMs }: Weather = weathers[weather];
  const clock = virtualClock();
  const thrown: unknown[] = [];
  const server = emulator({
    clock,
    seed: String(seed),
    epochMs: () => clock.now(),
    scenario: scenario(random.fork("scenario")),
    voice: () => new Int16Array(24 * 80),
    pace: 2,
    textPieceMs: 20,
    expireAfterMs: expireAfterMs ?? null,
    chunkMs: 40,
  });
  const transport = network(server.transport(), weather, seed, clock, (error) => thrown.push(error));
  // Telephone sound is a sixth of the bytes; but for the assistant's it has to be resampled, which takes long.
  const telephone: AudioFormat = { type: "audio/pcmu" };
  const format: AudioFormat = random.chance(0.1) ? telephone : { type: "audio/pcm", rate: 24_000 };
  const session = realtimeSession({
    transport,
    protocol: openaiRealtime,
    clock,
    epochMs: () => clock.now(),
    connectTimeoutMs: 2_000,
    rollOver: { beforeMs: 800, patienceMs: 400 },
    configure: [
      {
        type: "session.update",
        session: {
          type: "realtime",
          output_modalities: [random.chance(0.7) ? "audio" : "text"],
          audio: { input: { format: telephone, transcription: { model: "whisper-1" } }, output: { format } },
        },
      },
    ],
  });
  const doings: Doings = { outcomes: [], said: [], refusals: [], runs: [] };
  const sampleRateHz = format.type === "audio/pcm" ? 24_000 : 8_000;
  const player = pacedPlayer({ sampleRateHz, clock, frameMs: 40 });
  const talk = conversation(session, { tools: tools(clock, doings.runs), player, clock });
  const log: Entry[] = [];
  const problems: Problem[] = [];
  const effectProblems: EffectProblem[] = [];
  session.log$.subscribe((entry) => void log.push(entry));
  session.problems$.subscribe((problem) => void problems.push(problem));
  talk.problems$.subscribe((problem) => {
    if ("effect" in problem) effectProblems.push(problem);
  });

  let openError: RealtimeError | undefined;
  const opening = session.open().catch((error: unknown) => {
    openError = RealtimeError.from(error, "invalid_state");
  });
  await clock.advance(100);
  // Half open links and refusals may keep it from opening; a program may talk all the same.
  await program(session, talk, random.fork("program"), (ms) => clock.advance(ms), doings);
  // Requests have their answers or their time-outs after a second; a tool that hangs, and what follows, takes longer.
  for (let round = 0; round < 10 && (round < 2 || !isQuiet(talk.state)); round += 1) await clock.advance(500);
  const atRest = { status: session.status, state: talk.state };
  const closing = session.close();
  await clock.advance(20_000);
  await Promise.all([opening, closing]);
  talk.close();
  player.stop();
  await clock.advance(0);
  return {
    seed,
    weather,
    doings,
    thrown,
    ...(openError === undefined ? {} : { openError }),
    log,
    faults: transport.log,
    problems,
    effectProblems,
    atRest,
    state: talk.state,
    replayed: await replayedState(log),
    timersLeft: clock.pending,
  };
}
