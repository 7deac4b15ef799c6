import { bytesToBase64, encodeMuLaw, pacedPlayer } from "@duologue/audio";
import {
  type Conversation,
  conversation,
  initialState,
  type RequestPolicy,
  type ResponseRequest,
  reduce,
} from "@duologue/conversation";
import { type Entry, realtimeSession } from "@duologue/core";
import { emulator } from "@duologue/emulator";
import { type ClientEvent, openaiRealtime, responseMarker, type ServerEvent } from "@duologue/protocol";
import { faulty, legalOvertaking, type VirtualClock, virtualClock } from "@duologue/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

// Everything that may ask for answers or take them back does so at once, over a slow network, with an emulator that
// answers the user by itself: whoever asks gets an answer or is told why not, and nothing is heard that was taken back.

/** What is known of a request beside what the state says of it. */
interface Wish {
  readonly policy: RequestPolicy;
  readonly outOfBand: boolean;
  /** How it was settled, which never changes any more. */
  settled?: ResponseRequest["status"];
}

type Model = Map<string, Wish>;

interface Real {
  readonly clock: VirtualClock;
  readonly talk: Conversation;
  readonly log: Entry<ClientEvent, ServerEvent>[];
  readonly say: (base64: string) => void;
}

type Command = fc.AsyncCommand<Model, Real>;

const fates = ({ talk }: Real) => talk.state.turn.requests;
const isOpen = ({ status }: ResponseRequest) => ["waiting", "asked", "running"].includes(status);
const inBand = ({ outOfBand }: ResponseRequest) => !outOfBand;

/** What holds after every step. */
function check(model: Model, real: Real): void {
  const requests = fates(real);
  // Nobody asks for a second answer in the conversation while one is at the server.
  expect(
    requests.filter((request) => request.sent !== undefined && inBand(request)).length,
  ).toBeLessThanOrEqual(1);
  for (const request of requests) {
    const wish = model.get(request.id);
    if (wish === undefined) continue;
    if (wish.settled !== undefined) expect(request.status, request.id).toBe(wish.settled);
    if (!isOpen(request)) wish.settled = request.status;
    expect(request).toMatchObject({ policy: wish.policy, outOfBand: wish.outOfBand });
    // What shares an answer shares its fate.
    const host = requests.find(({ id }) => id === request.sharedWith);
    if (host !== undefined && isOpen(request)) expect(request.status).toBe(host.status);
  }
}

class Ask implements Command {
  readonly policy: RequestPolicy;
  readonly instructions: string | undefined;
  readonly outOfBand: boolean;
  constructor(policy: RequestPolicy, instructions: string | undefined, outOfBand: boolean) {
    this.policy = policy;
    this.instructions = instructions;
    this.outOfBand = outOfBand;
  }
  check = () => true;
  async run(model: Model, real: Real) {
    const { policy, instructions, outOfBand } = this;
    const before = fates(real).filter((request) => isOpen(request) && inBand(request));
    const response = {
      ...(instructions === undefined ? {} : { instructions }),
      ...(outOfBand ? { conversation: "none" as const } : {}),
    };
    const isPlain = Object.keys(response).length === 0;
    const id = real.talk.respond({ policy, ...(isPlain ? {} : { response }) });
    model.set(id, { policy, outOfBand });
    expect(fates(real).some((request) => request.id === id && isOpen(request))).toBe(true);
    if (policy === "replace" && !outOfBand) {
      for (const { id: other } of before) expect(statusOf(real, other)).toBe("dropped");
      expect(isSounding(real)).toBe(false);
    }
    check(model, real);
  }
  toString = () =>
    `ask(${this.policy}, ${this.instructions ?? "anything"}${this.outOfBand ? ", aside" : ""})`;
}

class Withdraw implements Command {
  readonly which: number;
  constructor(which: number) {
    this.which = which;
  }
  check = (model: Model) => model.size > 0;
  async run(model: Model, real: Real) {
    const ids = [...model.keys()];
    const id = ids[this.which % ids.length] ?? "";
    const before = statusOf(real, id);
    real.talk.withdraw(id);
    const isSettled = before === "done" || before === "refused" || before === undefined;
    expect(statusOf(real, id)).toBe(isSettled ? before : "dropped");
    check(model, real);
  }
  toString = () => `withdraw(${this.which})`;
}

class Interrupt implements Command {
  check = () => true;
  async run(model: Model, real: Real) {
    real.talk.interrupt();
    expect(fates(real).filter((request) => isOpen(request) && inBand(request))).toEqual([]);
    expect(isSounding(real)).toBe(false);
    check(model, real);
  }
  toString = () => "interrupt";
}

class Wait implements Command {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
  check = () => true;
  async run(model: Model, real: Real) {
    await real.clock.advance(this.ms);
    check(model, real);
  }
  toString = () => `wait(${this.ms})`;
}

/** 300 ms of a voice and 300 ms of silence, 100 ms at a time: the server hears a turn, and answers it by itself. */
const turn = [0.5, 0.5, 0.5, 0, 0, 0].map((amplitude) =>
  bytesToBase64(
    encodeMuLaw(Int16Array.from({ length: 800 }, (_, at) => amplitude * 32_767 * Math.sin(at * 0.3))),
  ),
);

class Speak implements Command {
  check = () => true;
  async run(model: Model, real: Real) {
    for (const sound of turn) {
      real.say(sound);
      await real.clock.advance(100);
      check(model, real);
    }
  }
  toString = () => "speak";
}

class Type implements Command {
  check = () => true;
  async run(model: Model, real: Real) {
    void real.talk.say("Something typed", { respond: false });
    const id = real.talk.respond();
    model.set(id, { policy: "coalesce", outOfBand: false });
    check(model, real);
  }
  toString = () => "type";
}

function statusOf(real: Real, id: string) {
  return fates(real).find((request) => request.id === id)?.status;
}

function isSounding({ talk }: Real): boolean {
  return talk.state.items.some(
    (item) =>
      item.type === "message" &&
      item.content.some((part) => part.type === "output_audio" && part.audio?.playback === "playing"),
  );
}

const command: fc.Arbitrary<Command>[] = [
  fc
    .tuple(
      fc.constantFrom<RequestPolicy>("coalesce", "queue", "replace"),
      fc.option(fc.constantFrom("Sing.", "Dance."), { nil: undefined }),
      fc.integer({ min: 0, max: 4 }),
    )
    .map(([policy, instructions, chance]) => new Ask(policy, instructions, chance === 0)),
  fc.nat(20).map((which) => new Withdraw(which)),
  fc.constant(new Interrupt()),
  fc.nat(1200).map((ms) => new Wait(ms)),
  fc.nat(200).map((ms) => new Wait(ms)),
  fc.constant(new Speak()),
  fc.constant(new Type()),
];

/** A conversation over a network on which frames take their time, and overtake each other where they may. */
async function started(seed: number, delayMs: number): Promise<Real & { readonly end: () => Promise<void> }> {
  const clock = virtualClock();
  const service = emulator({
    clock,
    epochMs: () => clock.now(),
    firstOutputMs: 150,
    pace: 1,
    brain: ({ heard }) => ({ say: heard === undefined ? "So be it." : "I heard you." }),
  });
  const direction = { delayMs, jitterMs: delayMs };
  const transport = faulty(service.transport(), {
    seed,
    clock,
    sending: direction,
    receiving: { ...direction, chances: { hold: 0.1 }, holdMs: 80, mayOvertake: legalOvertaking },
  });
  const telephone = { format: { type: "audio/pcmu" as const } };
  const session = realtimeSession({
    transport,
    protocol: openaiRealtime,
    clock,
    epochMs: () => clock.now(),
    configure: [
      {
        type: "session.update",
        session: { type: "realtime", audio: { input: telephone, output: telephone } },
      },
    ],
  });
  const player = pacedPlayer({ sampleRateHz: 8000, clock });
  const talk = conversation(session, { player, clock });
  const log: Entry<ClientEvent, ServerEvent>[] = [];
  session.log$.subscribe((entry) => void log.push(entry));
  const opening = session.open();
  await clock.advance(6000);
  await opening;
  // From the first answer on it is known that the service says whose each one is.
  talk.respond();
  await clock.advance(6000);
  const end = async () => {
    const closing = session.close();
    await clock.advance(6000);
    await closing;
    talk.close();
    player.stop();
  };
  return { clock, talk, log, say: (sound) => talk.appendAudio(sound), end };
}

/** What holds when everybody has been silent for a while. */
function checkRest(model: Model, real: Real): void {
  const { talk, log } = real;
  const requests = fates(real);
  expect(requests.filter((request) => isOpen(request) || request.sent !== undefined)).toEqual([]);
  expect(requests.filter(({ status }) => status === "refused")).toEqual([]);
  // The server had nothing to complain about but races that nobody can avoid.
  const complaints = log.flatMap(({ from, event }) =>
    from === "server" && event.type === "error"
      ? [(event as Extract<ServerEvent, { type: "error" }>).error.code]
      : [],
  );
  const races = ["conversation_already_has_active_response", "response_cancel_not_active"];
  expect(complaints.filter((code) => !races.includes(code ?? ""))).toEqual([]);
  const asked = log.flatMap(({ from, event }) =>
    from === "client" && event.type === "response.create" ? [String(event.event_id)] : [],
  );
  expect(new Set(asked).size).toBe(asked.length);
  const own = requests.filter(
    ({ id, status, policy }) => model.has(id) && status === "done" && policy === "queue",
  );
  const answers = own.map(({ responseId }) => responseId);
  expect(new Set(answers).size).toBe(own.length);
  for (const { id, responseId } of own) {
    // Its answer is its own, and no other one that happened to run.
    const marker = talk.state.responses.find((response) => response.id === responseId)?.metadata?.[
      responseMarker
    ];
    expect(marker?.replace(/\.\d+$/, "")).toBe(id);
  }
  checkSilence(real);
  expect(log.reduce(reduce, initialState)).toEqual(talk.state);
}

/** Nothing is given to the player of a request that was taken back before. */
function checkSilence({ log }: Real): void {
  let state = initialState;
  for (const entry of log) {
    const { event, from } = entry;
    const before = state;
    state = reduce(state, entry);
    if (from !== "server" || event.type !== "response.output_audio.delta") continue;
    const response = before.responses.find(({ id }) => id === event.response_id);
    const owners = before.turn.requests.filter(({ responseId }) => responseId === response?.id);
    const isTakenBack = owners.length > 0 && owners.every(({ status }) => status === "dropped");
    if (isTakenBack) expect(response?.interrupted).toBe(true);
  }
}

describe("the arbiter of answers", () => {
  it("gives everyone who asks an answer, or says why not, whatever happens in between", async () => {
    let [done, dropped] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.commands(command, { maxCommands: 25, size: "max" }),
        fc.nat(1000),
        fc.constantFrom(5, 60, 400),
        async (commands, seed, delayMs) => {
          const real = await started(seed, delayMs);
          const model: Model = new Map();
          await fc.asyncModelRun(() => ({ model, real }), commands);
          for (let round = 0; round < 60 && fates(real).some((r) => isOpen(r) || r.sent); round += 1) {
            await real.clock.advance(1000);
            check(model, real);
          }
          await real.clock.advance(3000);
          checkRest(model, real);
          done += fates(real).filter(({ status }) => status === "done").length;
          dropped += fates(real).filter(({ status }) => status === "dropped").length;
          await real.end();
        },
      ),
      { numRuns: 40 },
    );
    // It was worth it: answers were given, and taken back.
    expect(Math.min(done, dropped)).toBeGreaterThan(0);
  });

  it("asks again for what has lost a race to an answer that the server began by itself", async () => {
    const real = await started(1, 400);
    const model: Model = new Map();
    await new Speak().run(model, real);
    // Of the user's voice nobody here has heard yet.
    expect(real.talk.state.turn).toMatchObject({ userSpeaking: false, serverAnswers: false });
    await new Ask("queue", "Sing.", false).run(model, real);
    for (let second = 0; second < 15; second += 1) await new Wait(1000).run(model, real);
    const [own] = fates(real).slice(-1);
    expect(own).toMatchObject({ status: "done", attempts: 1, response: { instructions: "Sing." } });
    checkRest(model, real);
    await real.end();
  });
});
