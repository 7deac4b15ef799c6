import {
  audioFormats,
  bytesToBase64,
  decodeALaw,
  decodeMuLaw,
  encodeAudio,
  pcm16ToBytes,
} from "@duologue/audio";
import {
  type AudioChunk,
  audioChunk,
  budget,
  type Conversation,
  type ConversationOptions,
  type ConversationState,
  canonicalJson,
  conversation,
  costOf,
  initialState,
  type MessageItem,
  reduce,
  textOf,
  tool,
} from "@duologue/conversation";
import { type Entry, realtimeSession, type Session } from "@duologue/core";
import { type BrainRequest, type EmulatorOptions, emulator } from "@duologue/emulator";
import { type ClientEvent, openaiRealtime, type ServerEvent, type SessionConfig } from "@duologue/protocol";
import { type VirtualClock, virtualClock } from "@duologue/testing";
import { afterEach, describe, expect, it } from "vitest";

// Conversations as programs hold them, with the emulator, in virtual time.

const open: Session<ClientEvent, ServerEvent>[] = [];
afterEach(() => Promise.all(open.splice(0).map((session) => session.close())));

interface Held {
  readonly clock: VirtualClock;
  readonly session: Session<ClientEvent, ServerEvent>;
  readonly talk: Conversation;
  readonly log: Entry<ClientEvent, ServerEvent>[];
  readonly requests: BrainRequest[];
  /** Lets time go by until a promise is settled. */
  readonly settled: <T>(promise: Promise<T>) => Promise<T>;
}

async function holding(
  service: EmulatorOptions = {},
  options: ConversationOptions = {},
  configuration: Partial<SessionConfig> = { output_modalities: ["text"] },
): Promise<Held> {
  const clock = virtualClock();
  const requests: BrainRequest[] = [];
  const brain = (request: BrainRequest) => {
    requests.push(request);
    return { say: `Answer ${requests.length}` };
  };
  const epochMs = () => clock.now();
  const transport = emulator({ clock, epochMs, brain, ...service }).transport();
  const configure: ClientEvent = { type: "session.update", session: { type: "realtime", ...configuration } };
  const session = realtimeSession({
    transport,
    protocol: openaiRealtime,
    clock,
    epochMs,
    configure: [configure],
  });
  open.push(session);
  const talk = conversation(session, { clock, ...options });
  const log: Entry<ClientEvent, ServerEvent>[] = [];
  session.log$.subscribe((entry) => void log.push(entry));
  const settled = async <T>(promise: Promise<T>): Promise<T> => {
    let isSettled = false;
    const done = () => {
      isSettled = true;
    };
    promise.then(done, done);
    for (let step = 0; step < 500 && !isSettled; step++) await clock.advance(20);
    return promise;
  };
  await settled(session.open());
  return { clock, session, talk, log, requests, settled };
}

const answers = (state: ConversationState) =>
  state.items
    .filter((item): item is MessageItem => item.type === "message" && item.role === "assistant")
    .map(textOf);
const sentTypes = (log: readonly Entry[]) =>
  log.filter(({ from }) => from === "client").map(({ event }) => event.type);

describe("tools of an MCP server", () => {
  const docs = {
    tools: [{ name: "search" }],
    calls: { search: "Three pages." },
  };
  const definition = {
    type: "mcp",
    server_label: "docs",
    server_url: "https://docs.example/mcp",
    authorization: "token-of-the-user",
    require_approval: "always",
  } as const;
  const scenario = {
    mcp: { docs },
    turns: [
      { tools: [{ server: "docs", name: "search", arguments: { q: "vad" } }] },
      { say: "There are three." },
    ],
  };
  const own = tool({ name: "own", description: "Ours.", parameters: { type: "object" }, run: () => 1 });

  it.each([
    ["a service that stops after the call", false],
    ["a service that goes on by itself", true],
  ])("are asked for, called and answered about once, with %s", async (_, goesOnAfterMcp) => {
    const asked: string[] = [];
    const { talk, clock, log } = await holding(
      { scenario, unsettled: { goesOnAfterMcp } },
      {
        tools: [own],
        onMcpApproval: ({ serverLabel, name, arguments: json }) => {
          asked.push(`${serverLabel} ${name} ${json}`);
          return true;
        },
      },
      { output_modalities: ["text"], tools: [definition] },
    );
    await clock.advance(1000);
    talk.say("Look it up.");
    await clock.advance(10_000);
    expect(asked).toEqual(['docs search {"q":"vad"}']);
    expect(answers(talk.state)).toEqual(["There are three."]);
    expect(sentTypes(log).filter((type) => type === "response.create")).toHaveLength(goesOnAfterMcp ? 1 : 2);
    // Ours are beside it in the one update that configures the session, and the state has no credentials.
    expect(talk.state.session).toMatchObject({ tools: [{ server_label: "docs" }, { name: "own" }] });
    const updates = log.flatMap(({ from, event }) =>
      from === "client" && event.type === "session.update" ? [JSON.stringify(event)] : [],
    );
    expect(updates).toEqual([expect.stringContaining("token-of-the-user")]);
    expect(talk.state.items.filter(({ type }) => type === "mcp_list_tools")).toHaveLength(1);
    expect(JSON.stringify(talk.state)).not.toContain("token-of-the-user");
  });

  it("are not called when they are refused, and the model goes on", async () => {
    const { talk, clock } = await holding(
      { scenario: { ...scenario, turns: [scenario.turns[0] ?? {}, { say: "Then not." }] } },
      { onMcpApproval: () => ({ approved: false, reason: "Not today." }) },
      { output_modalities: ["text"], tools: [definition] },
    );
    await clock.advance(1000);
    talk.say("Look it up.");
    await clock.advance(10_000);
    expect(answers(talk.state)).toEqual(["Then not."]);
    expect(talk.state.items.some((item) => item.type === "mcp_approval_response" && !item.approve)).toBe(
      true,
    );
  });
});

describe("functions", () => {
  it("run beside each other, in the background too, and each result is answered about", async () => {
    const clocks: VirtualClock[] = [];
    const after = (ms: number, value: string) =>
      new Promise<string>((resolve) => clocks[0]?.after(ms, () => resolve(value)));
    const parameters = { type: "object", properties: { city: { type: "string" } } } as const;
    const weather = tool({
      name: "weather",
      description: "Tells the weather.",
      parameters,
      run: ({ city }) => after(300, `sunny in ${city}`),
    });
    const report = tool({
      name: "report",
      description: "Writes a report.",
      parameters,
      mode: "background",
      run: () => after(5000, "The report is written."),
    });
    const calls = [
      { name: "weather", arguments: { city: "Lisbon" } },
      { name: "report", arguments: { city: "Porto" } },
      { name: "weather", arguments: { city: 7 } },
      { name: "nothing of ours" },
    ];
    const { talk, clock, requests, log } = await holding(
      { scenario: { turns: [{ tools: calls }] } },
      { tools: [weather, report] },
    );
    clocks.push(clock);
    expect(talk.state.session).toMatchObject({ tools: [{ name: "weather" }, { name: "report" }] });
    talk.say("Both, please.");
    await clock.advance(4000);
    const outputs = talk.state.items.flatMap((item) =>
      item.type === "function_call_output" ? [item.output] : [],
    );
    expect(outputs.sort()).toEqual([
      "sunny in Lisbon",
      expect.stringContaining("/city: expected a string, found 7"),
      '{"error":"There is no tool named nothing of ours."}',
      expect.stringContaining('"status":"started"'),
    ]);
    expect(requests).toHaveLength(1);
    await clock.advance(6000);
    expect(requests).toHaveLength(2);
    const told = requests[1]?.items.at(-1);
    expect(told).toMatchObject({
      role: "system",
      content: [{ text: expect.stringContaining("The report is written.") }],
    });
    expect(sentTypes(log).filter((type) => type === "response.create")).toHaveLength(3);
  });
});

describe("commands", () => {
  it("make a conversation that the model sees as the state has it", async () => {
    const { talk, clock, requests, settled } = await holding();
    const first = await settled(talk.say("One", { respond: false }));
    const second = await settled(talk.say("Two", { respond: false, role: "system", after: first }));
    const image = await settled(
      talk.sendImage("data:image/png;base64,iVBORw0KGgo=", { text: "Three", respond: false }),
    );
    await settled(talk.deleteItem(first));
    await settled(
      talk.editHistory([
        { type: "message", role: "user", content: [{ type: "input_text", text: "Zero" }] },
        image,
        { type: "message", role: "assistant", content: [{ type: "output_text", text: "I see." }] },
        second,
      ]),
    );
    await expect(talk.deleteItem(first)).rejects.toThrow("The server has no item");
    talk.respond({ response: { instructions: "Be brief." } });
    const answer = await settled(
      talk.waitForItem(
        (item) =>
          item.type === "message" &&
          item.role === "assistant" &&
          item.responseId !== undefined &&
          item.status === "completed",
      ),
    );
    expect(answer).toMatchObject({ content: [{ text: "Answer 1" }] });
    await clock.advance(100);
    expect(requests[0]?.instructions).toBe("Be brief.");
    expect(requests[0]?.items.map(({ id }) => id)).toEqual(talk.state.items.slice(0, -1).map(({ id }) => id));
    expect(talk.state.items.flatMap((item) => (item.type === "message" ? [textOf(item)] : []))).toEqual([
      "Zero",
      "Three",
      "I see.",
      "Two",
      "Answer 1",
    ]);
  });

  it("take a turn by hand, and change the session by what is new", async () => {
    const { talk, settled, log } = await holding(
      {},
      {},
      {
        output_modalities: ["text"],
        audio: { input: { turn_detection: null } },
      },
    );
    talk.appendAudio(new Int16Array(24_000));
    await settled(talk.clear());
    await expect(talk.commit()).rejects.toThrow("0 ms were sent");
    talk.appendAudio(pcm16ToBytes(new Int16Array(2400)));
    const id = await settled(talk.commit());
    expect(talk.state.items).toMatchObject([{ id, role: "user", content: [{ type: "input_audio" }] }]);
    await settled(talk.update({ type: "realtime", output_modalities: ["text"], instructions: "Be kind." }));
    expect(talk.state.session).toMatchObject({ instructions: "Be kind." });
    const updates = log.filter(({ from, event }) => from === "client" && event.type === "session.update");
    expect(updates.at(-1)?.event).toMatchObject({ session: { instructions: "Be kind." } });
    expect(updates.at(-1)?.event).not.toHaveProperty("session.output_modalities");
    await settled(talk.update({ type: "realtime", instructions: "Be kind." }));
    expect(
      log.filter(({ from, event }) => from === "client" && event.type === "session.update"),
    ).toHaveLength(2);
  });
});

describe("sound as a stream", () => {
  const speech = Int16Array.from({ length: 24 * 700 }, (_, index) => Math.round(9000 * Math.sin(index / 9)));

  it.each(["audio/pcm", "audio/pcmu", "audio/pcma"] as const)(
    "is all of what the assistant says, in order and without gaps: %s",
    async (type) => {
      const format = type === "audio/pcm" ? ({ type, rate: 24000 } as const) : { type };
      const { talk, clock } = await holding(
        { scenario: { turns: [{ say: "Hello there", speech }] } },
        {},
        { output_modalities: ["audio"], audio: { output: { format } } },
      );
      const chunks: AudioChunk[] = [];
      talk.audio$.subscribe((chunk) => void chunks.push(chunk));
      talk.respond();
      await clock.advance(5000);
      expect(chunks.length).toBeGreaterThan(2);
      let endMs = 0;
      for (const chunk of chunks) {
        expect(chunk.startMs).toBeCloseTo(endMs, 6);
        expect(chunk.samples).toHaveLength((chunk.durationMs * chunk.sampleRateHz) / 1000);
        endMs = chunk.startMs + chunk.durationMs;
      }
      expect(endMs).toBeCloseTo(700, 6);
      const heard = chunks.flatMap(({ samples }) => [...samples]);
      if (type === "audio/pcm") expect(heard).toEqual([...speech]);
      else expect(heard).toHaveLength(8 * 700);
    },
  );

  it("decodes every code of G.711 as the audio package does", () => {
    const codes = Uint8Array.from({ length: 256 }, (_, code) => code);
    const decoded = (type: "audio/pcmu" | "audio/pcma") => {
      const entries = [
        { type: "session.updated", session: { type: "realtime", audio: { output: { format: { type } } } } },
        {
          type: "response.output_audio.delta",
          response_id: "r",
          item_id: "a",
          output_index: 0,
          content_index: 0,
          delta: bytesToBase64(codes),
        },
      ].map((event) => ({ at: 0, from: "server", event }) as Entry<ClientEvent, ServerEvent>);
      const [configured, delta] = entries;
      if (configured === undefined || delta === undefined) return [];
      const before = reduce(initialState, configured);
      return [...(audioChunk({ before, entry: delta, after: reduce(before, delta) })?.samples ?? [])];
    };
    expect(decoded("audio/pcmu")).toEqual([...decodeMuLaw(codes)]);
    expect(decoded("audio/pcma")).toEqual([...decodeALaw(codes)]);
  });
});

describe("money", () => {
  const prices = {
    input: { text: 4, audio: 32 },
    cachedInput: { text: 0.4, audio: 0.4 },
    output: { text: 16, audio: 64 },
    transcription: { input: { audio: 3 }, output: { text: 5 } },
  };
  const spoken = {
    output_modalities: ["audio"],
    audio: { input: { format: { type: "audio/pcmu" }, transcription: { model: "gpt-4o-transcribe" } } },
  } satisfies Partial<SessionConfig>;
  const voice = (ms: number) =>
    Int16Array.from({ length: 8 * ms }, (_, index) => Math.round(16_000 * Math.sin(index * 0.7)));
  const speak = async ({ talk, clock }: Held) => {
    const sound = encodeAudio(audioFormats["audio/pcmu"], voice(600));
    const silence = encodeAudio(audioFormats["audio/pcmu"], new Int16Array(8 * 600));
    for (const bytes of [sound, silence]) talk.appendAudio(bytes);
    await clock.advance(20_000);
  };

  it("is what the server's bills add up to, transcription apart, also in a replay", async () => {
    const held = await holding({}, {}, spoken);
    for (let turn = 0; turn < 3; turn++) await speak(held);
    const { talk, log } = held;
    const bills = log.flatMap(({ from, event }) =>
      from === "server" && event.type === "response.done" ? [(event as unknown as Bill).response.usage] : [],
    );
    const transcriptions = log.flatMap(({ from, event }) =>
      from === "server" && event.type.endsWith("transcription.completed")
        ? [(event as unknown as Bill).usage]
        : [],
    );
    const total = (list: readonly (Counts | undefined)[], field: keyof Counts) =>
      list.reduce((sum, bill) => sum + (bill?.[field] ?? 0), 0);
    const { usage } = talk.state;
    expect(bills).toHaveLength(3);
    expect(transcriptions).toHaveLength(3);
    expect(usage.totalTokens).toBe(total(bills, "total_tokens"));
    const all = (tokens: object) => Object.values(tokens).reduce((sum: number, n: number) => sum + n, 0);
    expect(all(usage.input) + all(usage.cachedInput)).toBe(total(bills, "input_tokens"));
    expect(all(usage.output)).toBe(total(bills, "output_tokens"));
    expect(all(usage.transcription.input)).toBe(total(transcriptions, "input_tokens"));
    expect(all(usage.transcription.output)).toBe(total(transcriptions, "output_tokens"));
    expect(usage.input.audio).toBeGreaterThan(0);
    expect(canonicalJson(log.reduce(reduce, initialState))).toBe(canonicalJson(talk.state));
  });

  it("runs out: nobody is asked any more, the server no longer answers by itself, until there is more", async () => {
    const maxCost = 0.004;
    const held = await holding({}, { budget: budget({ maxCost, prices }) }, spoken);
    const { talk, log, clock } = held;
    const responses = () => talk.state.responses.length;
    for (let turn = 0; turn < 12 && talk.state.budget === null; turn++) await speak(held);
    expect(talk.state.budget).toMatchObject({ limit: "cost", most: maxCost, serverAnswered: true });
    expect(costOf(talk.state.usage, prices)).toBeGreaterThanOrEqual(maxCost);
    const before = responses();
    await speak(held);
    talk.say("Hello?");
    await clock.advance(5000);
    expect(responses()).toBe(before);
    expect(talk.state.items.at(-1)).toMatchObject({ role: "user" });
    talk.setBudget(budget({ maxCost: 1, prices }));
    await clock.advance(20_000);
    expect(responses()).toBe(before + 1);
    await speak(held);
    expect(responses()).toBe(before + 2);
    expect(canonicalJson(log.reduce(reduce, initialState))).toBe(canonicalJson(talk.state));
  });
});

interface Counts {
  readonly total_tokens: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
}

/** As much as is read here of what bills something. */
interface Bill {
  readonly type: string;
  readonly response: { readonly usage: Counts };
  readonly usage: Counts;
}
