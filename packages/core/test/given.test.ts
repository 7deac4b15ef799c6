import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import {
  type LocalEvent,
  memorySink,
  memoryTransport,
  type Problem,
  RealtimeError,
  readRecording,
  realtimeSession,
  recording,
  recordingHeader,
  recordLog,
  replay,
  replaySession,
  streamSink,
  systemClock,
} from "../src/index.ts";
import { greeting, withServer } from "./small-server.ts";

// What programs without types hand in: each call takes it as left out, or refuses it in words.

/** What stands for something that is left out, and what is something else than is wanted. */
const nothing = [null, undefined] as const;
const odd = [Number.NaN, -1, "", [], "x", true] as const;

/** What comes of a call: `fine`, or the code of a `RealtimeError`; anything else that is thrown fails the test. */
async function outcome(act: () => unknown): Promise<string> {
  try {
    await act();
    return "fine";
  } catch (error) {
    if (RealtimeError.is(error)) return error.code;
    throw error;
  }
}

const outcomes = (values: readonly unknown[], act: (value: never) => unknown) =>
  // The compiler would take none of these.
  Promise.all(values.map((value) => outcome(() => act(value as never))));

const update: ClientEvent = { type: "session.update", session: { type: "realtime" } };

async function ready(options: Parameters<typeof withServer>[0] = {}) {
  const held = withServer({
    answer: (event, server) => {
      if (event.type === "session.update") server.say({ type: "session.updated", session: event.session });
    },
    ...options,
  });
  await held.session.open();
  return held;
}

const sink = { frame() {}, closed() {} };

/** A transport whose peer greets, and says nothing else. */
const greeted = () =>
  memoryTransport({
    accept(peer) {
      peer.send(JSON.stringify({ event_id: "event_1", ...greeting }));
      return sink;
    },
  });
const all = (values: readonly unknown[], what: string) => values.map(() => what);

describe("a session", () => {
  it("takes null for an option that is left out, and refuses what is none", async () => {
    const transport = memoryTransport({ accept: () => sink });
    const make = (more: object) => realtimeSession({ transport, protocol: openaiRealtime, ...more } as never);
    for (const name of ["reconnect", "rollOver", "configure", "clock", "commandId", "epochMs"])
      expect([name, await outcomes(nothing, (value) => make({ [name]: value }))]).toEqual([
        name,
        ["fine", "fine"],
      ]);
    const numbers = ["connectTimeoutMs", "maxQueuedBytes", "maxBufferedBytes"];
    for (const name of numbers) {
      expect(await outcomes(nothing, (value) => make({ [name]: value }))).toEqual(["fine", "fine"]);
      expect(await outcomes(odd, (value) => make({ [name]: value }))).toEqual(all(odd, "invalid_argument"));
    }
    for (const name of ["attempts", "baseMs", "capMs", "steadyMs"]) {
      expect(await outcomes(nothing, (value) => make({ reconnect: { [name]: value } }))).toEqual([
        "fine",
        "fine",
      ]);
      expect(await outcomes(odd, (value) => make({ reconnect: { [name]: value } }))).toEqual(
        all(odd, "invalid_argument"),
      );
    }
    expect(await outcomes(odd, (value) => make({ rollOver: { beforeMs: value } }))).toEqual(
      all(odd, "invalid_argument"),
    );
    for (const name of ["transport", "protocol"])
      expect(await outcomes([...nothing, ...odd], (value) => make({ [name]: value }))).toEqual(
        all([...nothing, ...odd], "invalid_argument"),
      );
    expect(await outcomes([...nothing, ...odd], realtimeSession)).toEqual(
      all([...nothing, ...odd], "invalid_argument"),
    );
  });

  it("opens with null, and stays where it is when what it is opened with is nothing of the kind", async () => {
    const { session } = withServer();
    expect(await outcomes(odd, (value) => session.open(value))).toEqual(all(odd, "invalid_argument"));
    expect(await outcomes(odd, (signal) => session.open({ signal }))).toEqual(all(odd, "invalid_argument"));
    expect(session.status.state).toBe("idle");
    expect(await outcome(() => session.open(null as never))).toBe("fine");
    expect(await outcomes(odd, (value) => session.close(value))).toEqual(all(odd, "invalid_argument"));
    expect(session.status.state).toBe("ready");
    await session.close(null as never);
    expect(session.status.state).toBe("closed");
  });

  it("ends also where its connection cannot be closed", async () => {
    const { session } = await ready();
    const { connection } = session;
    if (connection === undefined) throw new Error("There is a connection.");
    Object.assign(connection, { close: () => Promise.reject(new Error("No.")) });
    await session.close();
    expect(session.status.state).toBe("closed");
  });

  it("refuses commands that are none, and requests that are waited for in no way there is", async () => {
    const { session } = await ready();
    const problems: Problem[] = [];
    session.problems$.subscribe((problem) => void problems.push(problem));
    const values = [...nothing, ...odd, {}];
    for (const act of [session.send, session.check, session.request])
      expect(await outcomes(values, act)).toEqual(all(values, "invalid_event"));
    expect(await outcomes(nothing, (value) => session.request(update, value))).toEqual(["fine", "fine"]);
    expect(await outcomes(odd, (value) => session.request(update, value))).toEqual(
      all(odd, "invalid_argument"),
    );
    for (const name of ["timeoutMs", "signal"]) {
      problems.length = 0;
      expect(await outcomes(nothing, (value) => session.request(update, { [name]: value }))).toEqual([
        "fine",
        "fine",
      ]);
      expect(await outcomes(odd, (value) => session.request(update, { [name]: value }))).toEqual(
        all(odd, "invalid_argument"),
      );
      expect(problems.map(({ kind }) => kind)).toEqual(all(odd, "request"));
    }
    await session.close();
  });

  it("notes nothing that is no event, and goes on by nothing that is no continuity", async () => {
    const { session } = await ready();
    const log: string[] = [];
    session.log$.subscribe(({ event }) => void log.push(event.type));
    const values = [...nothing, ...odd, {}];
    expect(await outcomes(values, session.note)).toEqual(all(values, "invalid_argument"));
    expect(log).toEqual([]);
    expect(await outcomes(odd, session.continueWith)).toEqual(all(odd, "invalid_argument"));
    expect(await outcomes(nothing, session.continueWith)).toEqual(["fine", "fine"]);
    await session.close();
  });
});

describe("what is handed to recordings and replays", () => {
  const settings = { protocol: "p" };
  const values = [...nothing, ...odd];
  const refused = all(values, "invalid_argument");
  const { session } = withServer();
  const transport = memoryTransport({ accept: () => sink });

  it("is refused where it is nothing of the kind", async () => {
    expect(await outcomes(values, memoryTransport)).toEqual(refused);
    expect(await outcomes(values, (accept) => memoryTransport({ accept }))).toEqual(refused);
    expect(await outcomes(values, (given) => memoryTransport({ accept: () => given }).open(sink))).toEqual(
      all(values, "connect_failed"),
    );
    expect(await outcomes(values, replay)).toEqual(refused);
    expect(await outcomes(values, (given) => replay(() => given).open(sink))).toEqual(refused);
    expect(await outcomes(values, replaySession)).toEqual(refused);
    expect(await outcomes(odd, (given) => replay({ entries: [] }, given))).toEqual(
      all(odd, "invalid_argument"),
    );
    expect(await outcomes(nothing, (given) => replay({ entries: [] }, given))).toEqual(["fine", "fine"]);
    expect(await outcomes(values, (log$) => recordLog(log$, memorySink(), settings))).toEqual(refused);
    expect(await outcomes(values, (lines) => recordLog(session.log$, lines, settings))).toEqual(refused);
    expect(await outcomes(values, (given) => recordLog(session.log$, memorySink(), given))).toEqual(refused);
    expect(await outcomes(values, (inner) => recording(inner, { ...settings, sink: memorySink() }))).toEqual(
      refused,
    );
    expect(await outcomes(values, (given) => recording(transport, given))).toEqual(refused);
    expect(await outcomes(values, streamSink)).toEqual(refused);
  });

  it("is refused where a clock is the function that makes one, and says so", async () => {
    const calls: ((clock: never) => unknown)[] = [
      (clock) => realtimeSession({ transport, protocol: openaiRealtime, clock }),
      (clock) => recording(transport, { ...settings, sink: memorySink(), clock }),
      (pace) => replay({ entries: [] }, { pace }),
      (pace) =>
        replaySession({ recording: readRecording(recordingHeader("p")), protocol: openaiRealtime, pace }),
    ];
    for (const call of calls) {
      // The compiler takes no function for a clock.
      const make = () => call(systemClock as never);
      expect(make).toThrow(expect.objectContaining({ code: "invalid_argument" }));
      expect(make).toThrow("is an object with after, not a function.");
    }
  });

  it("is refused where a recording is of another protocol than what replays it", () => {
    const make = () =>
      replaySession({
        recording: readRecording(recordingHeader("openai-translation")),
        protocol: openaiRealtime,
      });
    expect(make).toThrow(expect.objectContaining({ code: "invalid_argument" }));
    expect(make).toThrow(
      "A recording of openai-translation is replayed by that protocol, not openai-realtime.",
    );
  });

  it("is refused where a recording could not be read again, or would have no limit", async () => {
    const protocols = [null, undefined, Number.NaN, [], {}];
    expect(await outcomes(protocols, (protocol) => recordingHeader(protocol))).toEqual(
      all(protocols, "invalid_argument"),
    );
    expect(
      await outcomes(protocols, (protocol) => recordLog(session.log$, memorySink(), { protocol })),
    ).toEqual(all(protocols, "invalid_argument"));
    expect(
      await outcomes(odd, (maxBytes) => recordLog(session.log$, memorySink(), { ...settings, maxBytes })),
    ).toEqual(all(odd, "invalid_argument"));
    expect(
      await outcomes(nothing, (redact) => recordLog(session.log$, memorySink(), { ...settings, redact })),
    ).toEqual(["fine", "fine"]);
    const texts = [...values, {}, Buffer.from(recordingHeader("p"))];
    expect(await outcomes(texts, readRecording)).toEqual(all(texts, "bad_recording"));
  });

  it("reads options that a class has as getters, of which null is left out as well", async () => {
    const transport = greeted();
    class Options {
      readonly configure = null;
      get transport() {
        return transport;
      }
      get protocol() {
        return openaiRealtime;
      }
    }
    class Hasty extends Options {
      get connectTimeoutMs() {
        return -5;
      }
    }
    // As programs without types have them.
    const made = (options: object) => realtimeSession(options as never);
    const one = made(new Options());
    await one.open();
    expect(one.status.state).toBe("ready");
    await one.close();
    expect(() => made(new Hasty())).toThrow("connectTimeoutMs is a number of at least 0, not -5.");
  });

  it("takes true for the usual policy", () => {
    const transport = greeted();
    const policies = { reconnect: true, rollOver: true } as unknown as object;
    expect(realtimeSession({ transport, protocol: openaiRealtime, ...policies }).status.state).toBe("idle");
  });

  it("stops a recording where a note has no form in JSON, and says so", async () => {
    const lines = memorySink();
    const { session: one } = await ready();
    const stops: string[] = [];
    const writing = recordLog(one.log$, lines, {
      ...settings,
      onStop: ({ reason }) => void stops.push(reason),
    });
    one.note({ type: "interrupt.requested", size: 1n } as LocalEvent);
    one.note({ type: "interrupt.requested" });
    expect(stops).toEqual(["sink_failed"]);
    await one.close();
    expect(await writing.finished).toMatchObject({ reason: "sink_failed" });
    expect(readRecording(lines.text).entries).toEqual([]);
  });
});
