import { bytesToBase64 } from "@duologue/audio";
import {
  canonicalJson,
  conversation,
  type MessageItem,
  type Tool,
  textOf,
  tool,
} from "@duologue/conversation";
import {
  type Connection,
  type Entry,
  RealtimeError,
  readRecording,
  realtimeSession,
  recordingHeader,
  recordingLine,
  replaySession,
  type SessionOptions,
  type Status,
  type Transport,
} from "@duologue/core";
import { type Brain, type BrainRequest, type EmulatorOptions, emulator, type Plan } from "@duologue/emulator";
import { type ClientEvent, openaiRealtime, type ServerEvent } from "@duologue/protocol";
import { virtualClock } from "@duologue/testing";
import { afterEach, describe, expect, it } from "vitest";

// What a person notices of lost links and expiring sessions: nothing. On the emulator, in virtual time.

const open: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((session) => session.close())));

type Options = Partial<SessionOptions<ClientEvent, ServerEvent, Connection>>;

/** A conversation with an emulator whose links the test can break, and all that the emulator's brain is told. */
function talking(service: EmulatorOptions = {}, options: Options = {}, tools: readonly Tool[] = []) {
  const clock = virtualClock();
  const requests: BrainRequest[] = [];
  const brain: Brain = (request, options) => {
    requests.push(request);
    if (service.brain !== undefined) return service.brain(request, options);
    const last = request.items.findLast((item) => item.type === "message" && item.role === "user");
    return { say: `Answer to ${last === undefined ? "nothing" : wordsOf(last)}` };
  };
  const epochMs = () => clock.now();
  const inner = emulator({ clock, epochMs, expireAfterMs: null, ...service, brain }).transport();
  const links: { frames: string[]; break: () => void; close: (code: number) => void }[] = [];
  let opens = 0;
  let refusing = (_: number) => false;
  const transport: Transport<Connection> = {
    name: "memory",
    audio: "events",
    async open(sink, openOptions) {
      opens++;
      if (refusing(opens)) throw new RealtimeError("connect_failed", "no capacity");
      const connection = await inner.open(sink, openOptions);
      const frames: string[] = [];
      links.push({
        frames,
        break: () => connection.break(),
        close: (code) => sink.closed({ code, reason: "invalid_request_error" }),
      });
      return {
        get bufferedAmount() {
          return connection.bufferedAmount;
        },
        maxFrameBytes: connection.maxFrameBytes,
        send(frame) {
          connection.send(frame);
          frames.push(frame);
        },
        close: (info) => connection.close(info),
      };
    },
  };
  const session = realtimeSession({
    transport,
    protocol: openaiRealtime,
    clock,
    epochMs,
    reconnect: { random: () => 0.5 },
    ...options,
  });
  open.push(session);
  const talk = conversation(session, { clock, tools });
  const states: string[] = [];
  const log: Entry[] = [];
  session.status$.subscribe(({ state }: Status) => void states.push(state));
  session.log$.subscribe((entry) => void log.push(entry));
  /** Waits in virtual time until `holds`. */
  const until = async (holds: () => boolean) => {
    for (let step = 0; step < 4000 && !holds(); step++) await clock.advance(20);
    expect(holds()).toBe(true);
  };
  /** Refuses the opens that `which` picks; they are counted from 1. */
  const refuse = (which: (open: number) => boolean) => {
    refusing = which;
  };
  return { clock, session, talk, requests, links, states, log, until, refuse };
}

function wordsOf(item: BrainRequest["items"][number]): string {
  if (item.type !== "message") return item.type;
  return item.content
    .map((part) => ("text" in part ? part.text : "transcript" in part ? part.transcript : ""))
    .join();
}

const said = (items: readonly { type: string }[]) =>
  items.filter((item): item is MessageItem => item.type === "message").map(textOf);

const text: ClientEvent = {
  type: "session.update",
  session: { type: "realtime", output_modalities: ["text"] },
};

/** Opening needs time to go by, which nobody else lets go by. */
async function opened({ session, clock }: Pick<ReturnType<typeof talking>, "session" | "clock">) {
  const opening = session.open();
  opening.catch(() => {});
  for (let step = 0; step < 50 && session.status.state !== "ready"; step++) await clock.advance(20);
  await opening;
}

describe("roll-over", () => {
  it("happens more than twenty times in a row, and no item is lost or doubled on either side", async () => {
    const service = { expireAfterMs: 4000, pace: 50, firstOutputMs: 20 };
    const given = talking(service, { configure: [text], rollOver: { beforeMs: 3000, patienceMs: 1500 } });
    const { talk, session, requests, links, states, log, until } = given;
    await opened(given);
    const expected: string[] = [];
    for (let turn = 1; links.length <= 22; turn++) {
      talk.say(`Question ${turn}`);
      expected.push(`Question ${turn}`, `Answer to Question ${turn}`);
      await until(
        () => said(talk.state.items).length === expected.length && session.status.state === "ready",
      );
      const before = links.length;
      await until(() => links.length > before);
      await until(() => session.status.state === "ready");
    }
    expect(links.length).toBeGreaterThan(21);
    expect(log.filter(({ event }) => event.type === "link.switched").length).toBeGreaterThan(20);
    expect(log.some(({ event }) => event.type === "link.closed")).toBe(false);
    expect(states).not.toContain("reconnecting");
    expect(said(talk.state.items)).toEqual(expected);
    expect(new Set(talk.state.items.map(({ id }) => id)).size).toBe(talk.state.items.length);
    // What the model was given at the last turn is everything that was said before, once and in order.
    expect(requests.at(-1)?.items.map(wordsOf)).toEqual(expected.slice(0, -1));
  });

  it("waits for a quiet moment, but not for ever", async () => {
    const service = { expireAfterMs: 6000, pace: 1, firstOutputMs: 20 };
    const given = talking(service, { rollOver: { beforeMs: 5000, patienceMs: 2000 } });
    const { talk, clock, session, log, until } = given;
    await opened(given);
    // A spoken answer of several seconds, generated as fast as it is spoken.
    talk.say(
      "Tell me something long, with many words, so that it takes its time to be said, word by word by word.",
    );
    await until(() => session.status.state === "rolling over");
    const startedMs = clock.now();
    await until(() => session.status.state === "ready");
    expect(clock.now() - startedMs).toBeGreaterThanOrEqual(2000);
    const switched = log.findIndex(({ event }) => event.type === "link.switched");
    expect(talk.state.responses[0]).toMatchObject({ status: "incomplete", reason: "link_lost" });
    expect(switched).toBeGreaterThan(0);
  });

  it("keeps the configuration, changed ones too, and takes the microphone along: each frame to one session", async () => {
    const service = { expireAfterMs: 3000 };
    const configure: ClientEvent = {
      type: "session.update",
      session: {
        type: "realtime",
        instructions: "Be brief.",
        audio: { input: { turn_detection: null } },
      },
    };
    const given = talking(service, { configure: [configure], rollOver: { beforeMs: 2000, patienceMs: 500 } });
    const { talk, clock, session, links } = given;
    await opened(given);
    const changed = session.request({
      type: "session.update",
      session: { type: "realtime", instructions: "Be very brief." },
    });
    await clock.advance(20);
    await changed;
    let frames = 0;
    while (links.length < 4) {
      talk.appendAudio(bytesToBase64(new Uint8Array(960).fill(frames % 256)));
      frames++;
      await clock.advance(20);
    }
    const sent = links.map(({ frames: all }) =>
      all
        .map((frame) => JSON.parse(frame) as ClientEvent)
        .filter(({ type }) => type === "input_audio_buffer.append"),
    );
    expect(sent.flat()).toHaveLength(frames);
    const order = sent.flat().map((event) => ("audio" in event ? event.audio : ""));
    expect(order).toEqual(
      Array.from({ length: frames }, (_, index) => bytesToBase64(new Uint8Array(960).fill(index % 256))),
    );
    expect(talk.state.session).toMatchObject({ instructions: "Be very brief." });
    expect(sent.filter((part) => part.length > 0).length).toBeGreaterThan(2);
  });

  it("is tried again while the next session cannot be had, and says so", async () => {
    const given = talking({ expireAfterMs: 10_000 }, { rollOver: { beforeMs: 8000, patienceMs: 100 } });
    const { session, links, until, refuse } = given;
    refuse((open) => open === 2 || open === 3);
    const problems: string[] = [];
    session.problems$.subscribe(({ kind }) => void problems.push(kind));
    await opened(given);
    await until(() => links.length === 2 && session.status.state === "ready");
    expect(problems).toEqual(["roll over", "roll over"]);
  });
});

describe("a recording of all this", () => {
  it("replays to the same state, whether it was stopped before the end or not", async () => {
    const service = { pace: 50, firstOutputMs: 20, expireAfterMs: 8000 };
    const given = talking(service, { configure: [text], rollOver: { beforeMs: 3000, patienceMs: 500 } });
    const { talk, session, links, log, until } = given;
    await opened(given);
    const answers = () => talk.state.responses.filter(({ status }) => status === "completed").length;
    talk.say("One");
    await until(() => answers() === 1);
    links[0]?.break();
    await until(() => session.status.state === "ready" && links.length === 2);
    talk.say("Two");
    await until(() => answers() === 2 && links.length === 3 && session.status.state === "ready");
    talk.say("Three");
    await until(() => answers() === 3);
    await replaysTo(log, canonicalJson(talk.state));
    await session.close();
    await replaysTo(log, canonicalJson(talk.state));
  });

  async function replaysTo(entries: readonly Entry[], state: string): Promise<void> {
    const lines = [recordingHeader("openai-realtime"), ...entries.map(recordingLine)];
    const { session, run } = replaySession({
      recording: readRecording(lines.join("\n")),
      protocol: openaiRealtime,
    });
    const talk = conversation(session, { live: false });
    const again: string[] = [];
    session.log$.subscribe((entry) => void again.push(recordingLine(entry)));
    await run();
    expect(canonicalJson(talk.state)).toBe(state);
    expect(again).toEqual(lines.slice(1));
  }
});

describe("a lost link", () => {
  it("is replaced: the next session is configured and told what was said, and the conversation goes on", async () => {
    const given = talking({ pace: 50, firstOutputMs: 20 }, { configure: [text] });
    const { talk, session, requests, links, states, log, until } = given;
    await opened(given);
    const answers = () => talk.state.responses.filter(({ status }) => status === "completed").length;
    talk.say("One");
    await until(() => answers() === 1);
    links[0]?.break();
    await until(() => session.status.state === "ready" && links.length === 2);
    talk.say("Two");
    await until(() => answers() === 2);
    expect(said(talk.state.items)).toEqual(["One", "Answer to One", "Two", "Answer to Two"]);
    expect(requests.at(-1)?.items.map(wordsOf)).toEqual(["One", "Answer to One", "Two"]);
    expect(states).toEqual(["idle", "connecting", "configuring", "ready", "reconnecting", "ready"]);
    const story = log
      .map(({ event }) => event.type)
      .filter((type) => type.startsWith("link.") && type !== "link.frame");
    expect(story).toEqual(["link.opened", "link.closed", "link.retry", "link.switched"]);
    expect(talk.state.session).toMatchObject({ output_modalities: ["text"] });
  });

  it("loses nothing that was said meanwhile, and sends again what was never answered", async () => {
    const given = talking({ pace: 50, firstOutputMs: 20 }, { configure: [text] });
    const { talk, session, links, until } = given;
    await opened(given);
    talk.say("Cut off");
    links[0]?.break();
    await until(() => session.status.state === "reconnecting");
    talk.say("Said in between");
    await until(() => said(talk.state.items).length >= 3 && session.status.state === "ready");
    const texts = said(talk.state.items);
    expect(texts.slice(0, 2)).toEqual(["Cut off", "Said in between"]);
    expect(texts.filter((words) => words === "Cut off")).toHaveLength(1);
    expect(texts.filter((words) => words === "Said in between")).toHaveLength(1);
    expect(texts.at(-1)).toMatch(/^Answer to/);
  });

  it("rejects what only meant something to the lost session as uncertain, and settles the rest", async () => {
    const given = talking({ pace: 50 }, { configure: [text] });
    const { session, links, until } = given;
    await opened(given);
    const outcomes: string[] = [];
    const watch = (name: string, promise: Promise<unknown>) =>
      promise.then(
        () => outcomes.push(`${name} done`),
        (error: { code: string }) => outcomes.push(`${name} ${error.code}`),
      );
    void watch("clear", session.request({ type: "input_audio_buffer.clear" }));
    const create: ClientEvent = {
      type: "conversation.item.create",
      item: { type: "message", role: "user", content: [{ type: "input_text", text: "Hi" }] },
    };
    void watch("create", session.request(create));
    links[0]?.break();
    await until(() => outcomes.length === 2);
    expect(outcomes.sort()).toEqual(["clear uncertain", "create done"]);
  });

  it("is given up after the last attempt, with the reason; then nothing waits any more", async () => {
    const given = talking({}, { reconnect: { attempts: 3, baseMs: 100, random: () => 0.5 } });
    const { session, links, states, log, until, refuse } = given;
    await opened(given);
    refuse(() => true);
    links[0]?.break();
    const waiting = session.request({ type: "input_audio_buffer.clear" }, { timeoutMs: 1e6 });
    waiting.catch(() => {});
    const unsent: unknown[] = [];
    session.problems$.subscribe((problem) => void unsent.push(problem));
    await until(() => session.status.state === "closed");
    await expect(waiting).rejects.toMatchObject({ code: "connect_failed", message: "no capacity" });
    expect(session.status).toMatchObject({ state: "closed", code: 1006, retryable: true });
    expect(states.filter((state) => state === "reconnecting")).toHaveLength(3);
    const retries = log.flatMap(({ event }) => (event.type === "link.retry" ? [event] : []));
    expect(retries).toMatchObject([{ delayMs: 50 }, { delayMs: 100 }, { delayMs: 200 }]);
    expect(unsent).toMatchObject([{ kind: "unsent", commands: 1 }]);
  });

  it("is not replaced where the server's reason is permanent", async () => {
    const given = talking();
    const { session, links, states, until } = given;
    await opened(given);
    links[0]?.close(4000);
    await until(() => session.status.state === "closed");
    expect(session.status).toMatchObject({ code: 4000, retryable: false });
    expect(states).not.toContain("reconnecting");
  });

  it("interrupts no tool: its output reaches the next session, which knows the call", async () => {
    let finish = (_: string) => {};
    const slow = tool({
      name: "look_up",
      description: "Looks something up.",
      parameters: { type: "object" },
      run: () =>
        new Promise<string>((resolve) => {
          finish = resolve;
        }),
    });
    const outputs: string[] = [];
    const brain = ({ items }: BrainRequest): Plan => {
      const output = items.findLast((item) => item.type === "function_call_output");
      if (output === undefined) return { tools: [{ name: "look_up" }] };
      outputs.push(output.output);
      return { say: "Found." };
    };
    const given = talking({ brain, pace: 50, firstOutputMs: 20 }, { configure: [text] }, [slow]);
    const { talk, session, links, until } = given;
    await opened(given);
    talk.say("Look it up");
    await until(() => talk.state.responses.at(-1)?.status === "completed");
    links[0]?.break();
    await until(() => session.status.state === "reconnecting");
    finish("forty-two");
    await until(() => said(talk.state.items).at(-1) === "Found.");
    expect(outputs).toEqual(["forty-two"]);
  });
});
