import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type Connection,
  type Entry,
  memorySink,
  memoryTransport,
  type Recording,
  readRecording,
  realtimeSession,
  recording,
  recordingHeader,
  recordingLine,
  type Transport,
} from "@duologue/core";
import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import {
  assertReplays,
  ReplayDifference,
  strictReplay,
  type VirtualClock,
  virtualClock,
} from "../src/index.ts";

type Line = readonly ["server" | "client", Record<string, unknown> & { readonly type: string }, number?];

function recorded(lines: readonly Line[], header: Record<string, unknown> = {}): Recording {
  const entries = lines.map(
    ([from, event, at], index) => ({ at: at ?? index * 10, from, event }) as unknown as Entry,
  );
  return readRecording(
    [recordingHeader("openai-realtime", header), ...entries.map(recordingLine)].join("\n"),
  );
}

const ask: Line = ["client", { type: "response.create" }];
const say = (text: string): Line => [
  "client",
  {
    type: "conversation.item.create",
    item: { type: "message", role: "user", content: [{ type: "input_text", text }] },
  },
];
const sound = (...bytes: number[]): Line => [
  "client",
  { type: "input_audio_buffer.append", audio: Buffer.from(bytes).toString("base64") },
];
const commit: Line = ["client", { type: "input_audio_buffer.commit" }];
const hears = (type: string, fields: Record<string, unknown> = {}): Line => ["server", { type, ...fields }];

/** A program that sends these, each as soon as the server has sent so many frames, and ends after so many. */
function sends(
  commands: readonly (readonly [number, Line] | Line)[],
  heard: Record<string, unknown>[] = [],
  frames = 0,
): (transport: Transport) => Promise<void> {
  return async (transport) => {
    const steps = commands.map((step) => (typeof step[0] === "number" ? step : ([0, step] as const)));
    const done = Promise.withResolvers<void>();
    done.promise.catch(() => {});
    let connection: Connection | undefined;
    let next = 0;
    const go = () => {
      for (; connection !== undefined; next++) {
        const [after, line] = steps[next] ?? [];
        if (line === undefined && heard.length >= frames) return done.resolve();
        if (line === undefined) return;
        if (heard.length < Number(after)) return;
        connection.send(JSON.stringify((line as Line)[1]));
      }
    };
    connection = await transport.open({
      frame(text) {
        heard.push(JSON.parse(text));
        queueMicrotask(go);
      },
      closed: ({ reason }) => done.reject(new Error(`closed: ${reason}`)),
    });
    go();
    await done.promise;
    await new Promise((resolve) => setImmediate(resolve));
    await connection.close();
  };
}

const replays = (lines: readonly Line[], commands: readonly (readonly [number, Line] | Line)[], heard = []) =>
  assertReplays({
    recording: recorded(lines),
    protocol: openaiRealtime,
    program: sends(commands, heard, lines.filter(([from]) => from === "server").length),
    patienceMs: 200,
  });

async function differenceOf(lines: readonly Line[], commands: readonly (readonly [number, Line] | Line)[]) {
  const clock = virtualClock();
  const outcome = assertReplays({
    recording: recorded(lines),
    protocol: openaiRealtime,
    program: sends(commands),
    clock,
    patienceMs: 1000,
  }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const error = await settled(outcome, clock);
  if (!(error instanceof ReplayDifference)) throw new Error(`no difference: ${error}`);
  return error.difference;
}

/** What comes of it while virtual time goes by. */
async function settled<T>(outcome: Promise<T>, clock: VirtualClock): Promise<T> {
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

describe("a strict replay", () => {
  it("plays a server entry only when what the client had sent before it was sent again", async () => {
    const lines = [hears("session.created"), say("hi"), hears("one"), ask, hears("two")];
    const strict = strictReplay({ recording: recorded(lines), protocol: openaiRealtime });
    const heard: string[] = [];
    const connection = await strict.transport.open({
      frame: (text) => void heard.push(JSON.parse(text).type),
      closed() {},
    });
    const heardSome = async (count: number) => {
      while (heard.length < count) await new Promise((resolve) => setImmediate(resolve));
      // Whatever would follow by itself has followed by then.
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    await heardSome(1);
    expect(heard).toEqual(["session.created"]);
    connection.send(JSON.stringify(say("hi")[1]));
    expect(heard).toHaveLength(1);
    await heardSome(2);
    expect(heard).toEqual(["session.created", "one"]);
    connection.send(JSON.stringify(ask[1]));
    await strict.played;
    expect(heard).toEqual(["session.created", "one", "two"]);
    await connection.close();
    expect(strict.finish()).toBeUndefined();
  });

  it("does not mind what comes earlier than it was recorded, nor in which order what is independent comes", async () => {
    const cancel: Line = ["client", { type: "response.cancel" }];
    const truncate: Line = [
      "client",
      { type: "conversation.item.truncate", item_id: "a", content_index: 0, audio_end_ms: 5 },
    ];
    const lines = [hears("session.created"), cancel, truncate, hears("one"), ask];
    await replays(lines, [truncate, cancel, ask]);
  });

  it.each([
    [
      [sound(1, 2, 3, 4), sound(5, 6), commit],
      [sound(1), sound(2, 3), sound(4, 5, 6), commit],
    ],
    [
      [sound(1, 2), say("hi"), sound(3, 4)],
      [sound(1, 2, 3, 4), say("hi")],
    ],
    [
      [sound(1, 2), commit, sound(3)],
      [sound(1), sound(2), commit, sound(3)],
    ],
  ])("does not mind how sound is cut", (lines, commands) => replays(lines, commands));

  it("hands the client its own ids back, whatever the recorded ones were", async () => {
    const item = { type: "message", role: "user", content: [] };
    const created = (id: string, event_id?: string): Line => [
      "client",
      { type: "conversation.item.create", ...(event_id && { event_id }), item: { ...item, id } },
    ];
    const lines = [
      created("recorded_1", "event_recorded"),
      hears("conversation.item.added", { item: { ...item, id: "recorded_1" }, previous_item_id: null }),
      hears("error", { error: { event_id: "event_recorded" } }),
      ["client", { type: "conversation.item.delete", item_id: "recorded_1" }] as Line,
      hears("conversation.item.deleted", { item_id: "recorded_1" }),
    ];
    const heard: never[] = [];
    const mine: Line = ["client", { type: "conversation.item.delete", item_id: "mine" }];
    await replays(lines, [created("mine", "event_mine"), [2, mine]], heard);
    expect(heard).toMatchObject([
      { item: { id: "mine" } },
      { error: { event_id: "event_mine" } },
      { item_id: "mine" },
    ]);
  });

  it("gives the ids that a client chooses now to what the server named then", async () => {
    const item = { type: "message", role: "user", content: [] };
    const lines: Line[] = [
      ["client", { type: "conversation.item.create", item }],
      hears("conversation.item.added", { item: { ...item, id: "item_of_server" } }),
      ask,
      hears("response.created", { response: { id: "resp_1", metadata: null } }),
    ];
    const heard: never[] = [];
    await replays(
      lines,
      [
        ["client", { type: "conversation.item.create", item: { ...item, id: "mine" } }],
        ["client", { type: "response.create", response: { metadata: { duologue_event_id: "m" } } }],
      ],
      heard,
    );
    expect(heard).toMatchObject([
      { item: { id: "mine" } },
      { response: { metadata: { duologue_event_id: "m" } } },
    ]);
  });

  it("answers as late as the recorded server did, after a client that was later", async () => {
    const clock = virtualClock();
    const lines: Line[] = [
      ["server", { type: "session.created" }, 100],
      ["client", { type: "response.create" }, 200],
      ["server", { type: "response.created" }, 250],
      ["server", { type: "response.done" }, 1000],
    ];
    const strict = strictReplay({
      recording: recorded(lines),
      protocol: openaiRealtime,
      pace: clock,
      patienceMs: 60_000,
    });
    const times: number[] = [];
    const connection = await strict.transport.open({
      frame: () => void times.push(clock.now()),
      closed() {},
    });
    await clock.advance(500);
    connection.send(JSON.stringify(ask[1]));
    await clock.advance(2000);
    expect(times).toEqual([0, 500, 1250]);
    await connection.close();
    expect(clock.pending).toBe(0);
  });

  it("plays each link of a recording to its own connection, and asks for no more of them", async () => {
    const opened: Entry = {
      at: 0,
      from: "local",
      event: { type: "link.opened", transport: "websocket", audio: "events" },
    };
    const closed: Entry = { at: 0, from: "local", event: { type: "link.closed", code: 1006, reason: "" } };
    const entries: Entry[] = [
      opened,
      { at: 1, from: "client", event: { type: "response.cancel" } },
      closed,
      opened,
      { at: 2, from: "client", event: { type: "response.create" } },
      { at: 3, from: "server", event: { type: "response.created" } },
    ];
    const twice = readRecording(
      [recordingHeader("openai-realtime"), ...entries.map(recordingLine)].join("\n"),
    );
    const strict = strictReplay({ recording: twice, protocol: openaiRealtime });
    expect([strict.transport.name, strict.transport.audio]).toEqual(["websocket", "events"]);
    const lost = Promise.withResolvers<number>();
    const first = await strict.transport.open({ frame() {}, closed: ({ code }) => lost.resolve(code) });
    first.send('{"type":"response.cancel"}');
    expect(await lost.promise).toBe(1006);
    const second = await strict.transport.open({ frame() {}, closed() {} });
    second.send('{"type":"response.create"}');
    await strict.played;
    await second.close();
    expect(strict.finish()).toBeUndefined();
    await expect(strict.transport.open({ frame() {}, closed() {} })).rejects.toMatchObject({
      code: "connect_failed",
    });
    expect(strict.difference).toMatchObject({ kind: "link", message: /the recording has 2 links/ });
  });

  it("compares the length of sound alone where the recording has none, and texts that are blocks by theirs", async () => {
    const lines = [sound(0, 0, 0, 0), say("█████")];
    const commands = [sound(1, 2), sound(3, 4), say("hello")];
    const program = sends(commands);
    const silent = recorded(lines, { redacted: ["audio", "text"] });
    await assertReplays({ recording: silent, protocol: openaiRealtime, program });
    await expect(
      assertReplays({ recording: recorded(lines), protocol: openaiRealtime, program: sends(commands) }),
    ).rejects.toThrow("byte 0");
  });

  it("leaves sound out of it where that is asked for", async () => {
    await assertReplays({
      recording: recorded([sound(1, 2), ask]),
      protocol: openaiRealtime,
      audio: "ignore",
      program: sends([ask, sound(9, 9, 9)]),
    });
  });
});

describe("the first difference", () => {
  const lines = [
    hears("session.created"),
    sound(1, 2),
    sound(3, 4),
    commit,
    hears("input_audio_buffer.committed"),
    say("Good morning"),
    hears("conversation.item.added"),
    ask,
    hears("response.created"),
  ];

  it("in a value is named with its place, both values and what stands around it", async () => {
    const difference = await differenceOf(lines, [sound(1, 2, 3, 4), commit, say("Good evening"), ask]);
    expect(difference).toMatchObject({
      kind: "different",
      line: 7,
      pointer: "/item/content/0/text",
      recorded: { type: "conversation.item.create" },
      sent: { type: "conversation.item.create" },
    });
    expect(difference.message).toMatchInlineSnapshot(`
      "The client left the recording at line 7 (0.05 s).
        recorded  conversation.item.create {"item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Good morning"}]}}
        sent      conversation.item.create {"item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Good evening"}]}}
        at /item/content/0/text
          recorded  "Good morning"
          sent      "Good evening"
      Around it:
            2    0.00 s  server  session.created
            3    0.01 s  client  input_audio_buffer.append  ×2
            5    0.03 s  client  input_audio_buffer.commit
            6    0.04 s  server  input_audio_buffer.committed
      >     7    0.05 s  client  conversation.item.create
            8    0.06 s  server  conversation.item.added
            9    0.07 s  client  response.create
           10    0.08 s  server  response.created"
    `);
  });

  it("in the order of what depends on each other is the command that came too early", async () => {
    expect(await differenceOf(lines, [sound(1, 2, 3, 4), commit, ask, say("Good morning")])).toMatchObject({
      kind: "different",
      line: 7,
      recorded: { type: "conversation.item.create" },
      sent: { type: "response.create" },
    });
  });

  it("in sound is the byte, or how much of it there is", async () => {
    expect((await differenceOf(lines, [sound(1, 2, 9)])).message).toContain(
      "byte 2 of what was sent is byte 0 of the recorded command",
    );
    const more = await differenceOf(lines, [sound(1, 2, 3, 4, 5, 6), commit]);
    expect(more).toMatchObject({ recorded: { type: "input_audio_buffer.commit" } });
    expect(more.message).toContain("2 bytes more than were recorded before it");
    const less = await differenceOf(lines, [sound(1, 2, 3), commit]);
    expect(less).toMatchObject({ line: 4, sent: { type: "input_audio_buffer.commit" } });
  });

  it("is a command that never comes, after some patience or when the program is over", async () => {
    const start = [sound(1, 2, 3, 4), commit];
    expect(await differenceOf(lines, [...start, say("Good morning")])).toMatchObject({
      kind: "missing",
      line: 9,
      message: /the program was over/,
    });
    expect(await differenceOf(lines, [...start, [3, say("Good morning")]])).toMatchObject({
      kind: "missing",
      line: 7,
      message: /1000 ms went by, and the server waits for it/,
    });
    expect((await differenceOf(lines, [sound(1, 2, 3)])).message).toContain("1 bytes of its sound");
  });

  it("is told before a test runner gives up, 5 s after the test began", async () => {
    const clock = virtualClock();
    const told = assertReplays({
      recording: recorded(lines),
      protocol: openaiRealtime,
      program: sends([sound(1, 2, 3, 4)], [], 9),
      clock,
    }).catch(String);
    expect(await settled(told, clock)).toContain("4000 ms went by, and the server waits for it");
    expect(clock.now()).toBeLessThan(4_500);
  });

  it("is one command more than was recorded, or a frame that is no event", async () => {
    expect(await differenceOf([ask], [ask, ask])).toMatchObject({
      kind: "unexpected",
      sent: { type: "response.create" },
    });
    const broken: Line = ["client", 3 as never];
    expect(await differenceOf([ask], [broken])).toMatchObject({ kind: "undecodable" });
  });

  it("is found after the end of the link, too", async () => {
    const entries: Entry[] = [
      { at: 1, from: "client", event: { type: "response.create" } },
      { at: 2, from: "local", event: { type: "link.closed", code: 1001, reason: "" } },
    ];
    const over = readRecording(
      [recordingHeader("openai-realtime"), ...entries.map(recordingLine)].join("\n"),
    );
    const program = async (transport: Transport) => {
      const closed = Promise.withResolvers<unknown>();
      const connection = await transport.open({ frame() {}, closed: closed.resolve });
      connection.send('{"type":"response.create"}');
      await closed.promise;
      connection.send('{"type":"response.cancel"}');
    };
    await expect(assertReplays({ recording: over, protocol: openaiRealtime, program })).rejects.toMatchObject(
      {
        name: "ReplayDifference",
        difference: { kind: "unexpected", message: /After the recorded end/ },
      },
    );
  });

  it("is not a program that fails by itself, waits for ever after the end, or has the wrong recording", async () => {
    const recording = recorded([ask]);
    const protocol = openaiRealtime;
    const program = () => Promise.reject(new Error("a bug of its own"));
    await expect(assertReplays({ recording, protocol, program })).rejects.toThrow("a bug of its own");

    const clock = virtualClock();
    const endless = assertReplays({
      recording,
      protocol,
      clock,
      async program(transport) {
        const connection = await transport.open({ frame() {}, closed() {} });
        connection.send('{"type":"response.create"}');
        await new Promise(() => {});
      },
    }).catch((error: unknown) => String(error));
    expect(await settled(endless, clock)).toContain("the program still waits for more");

    const other = readRecording('{"duologue":1,"protocol":"morse"}');
    const refusal = 'The recording is of "morse", and `protocol` is "openai-realtime".';
    await expect(assertReplays({ recording: other, protocol, program })).rejects.toThrow(refusal);
    expect(() => strictReplay({ recording: other, protocol })).toThrow(refusal);
    const cut = readRecording(`${recordingHeader("openai-realtime")}\n{"t":1`);
    await expect(assertReplays({ recording: cut, protocol, program })).rejects.toThrow("Line 2");
  });
});

describe("a session", () => {
  it("that was recorded replays strictly, with ids that it makes anew", async () => {
    let ids = 0;
    const program = async (transport: Transport) => {
      const session = realtimeSession({
        transport,
        protocol: openaiRealtime,
        commandId: () => `command_${++ids}`,
        configure: [{ type: "session.update", session: { type: "realtime", instructions: "Be brief." } }],
      });
      await session.open();
      await session.request({
        type: "conversation.item.create",
        item: { type: "message", role: "user", content: [{ type: "input_text", text: "hi" }] },
      });
      await session.request({ type: "response.create" });
      await session.close();
    };
    const server = memoryTransport({
      accept(peer) {
        const say = (event: object) => peer.send(JSON.stringify({ event_id: "e", ...event }));
        say({ type: "session.created", session: { type: "realtime" } });
        return {
          closed() {},
          frame(text) {
            const event = JSON.parse(text) as ClientEvent;
            if (event.type === "session.update") say({ type: "session.updated", session: event.session });
            if (event.type === "conversation.item.create") {
              say({ type: "conversation.item.added", item: event.item, previous_item_id: null });
            }
            if (event.type === "response.create") {
              const metadata = event.response?.metadata ?? null;
              say({
                type: "response.created",
                response: { id: "r", object: "realtime.response", metadata, output: [] },
              });
            }
          },
        };
      },
    });
    const sink = memorySink();
    await program(recording(server, { sink, protocol: "openai-realtime" }));
    expect(ids).toBeGreaterThan(0);
    await assertReplays({
      recording: readRecording(sink.text),
      protocol: openaiRealtime,
      program,
      patienceMs: 1000,
    });
  });

  const real = fileURLToPath(new URL("../../../../shared/recordings/", import.meta.url));
  const files = existsSync(real) ? readdirSync(real) : [];
  if (files.length === 0) console.info(`No recordings beside the repository (${real}): not replayed.`);

  it.each(files)("does what another client did with a real service: %s", async (name) => {
    const recording = readRecording(readFileSync(real + name, "utf8"));
    const commands = recording.entries.flatMap((entry) =>
      entry.from === "client" ? [entry.event as ClientEvent] : [],
    );
    const [first] = recording.entries;
    await assertReplays({
      recording,
      protocol: openaiRealtime,
      patienceMs: 1000,
      async program(transport) {
        const session = realtimeSession({
          transport,
          protocol: openaiRealtime,
          // A sideband is not greeted.
          awaitGreeting: first?.event.type === "session.created",
          checkCommands: false,
        });
        const answers: Promise<unknown>[] = [];
        await session.open();
        for (const command of commands) {
          if (openaiRealtime.isAcknowledged(command)) answers.push(session.request(command));
          else session.send(command);
        }
        await Promise.all(answers);
        await session.close();
      },
    });
  });
});
