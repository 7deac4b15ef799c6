import { base64ToBytes, bytesToBase64, pcm16ToBytes } from "@duologue/audio";
import { type ConversationState, type FindingCode, initialState, lint, reduce } from "@duologue/conversation";
import type { Entry } from "@duologue/core";
import { type AudioFlavour, type EngineState, engine } from "@duologue/emulator";
import type { ClientEvent, Item, ServerEvent } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

// The linter says what a server would refuse. The emulator is one: they have to agree, command by command.

const service = engine({ pace: 4, voice: (text) => new Int16Array(24 * 20 * text.length) });

/** A session of the emulator and the conversation that is folded from it. Both are values: any command can be tried. */
interface Situation {
  readonly atMs: number;
  readonly server: EngineState;
  readonly conversation: ConversationState;
}

type Input = Parameters<typeof service.step>[1] extends infer I
  ? I extends { readonly atMs: number }
    ? Omit<I, "atMs">
    : never
  : never;

function fed(situation: Situation, input: Input, entries: readonly Entry[] = []): Situation {
  const { atMs } = situation;
  const { state, outputs } = service.step(situation.server, { ...input, atMs } as never);
  const events = outputs.flatMap((output): Entry[] =>
    output.type === "send" ? [{ at: atMs, from: "server", event: output.event }] : [],
  );
  const conversation = ([...entries, ...events] as Entry<ClientEvent, ServerEvent>[]).reduce(
    reduce,
    situation.conversation,
  );
  return { atMs, server: state, conversation };
}

function sent(situation: Situation, event: ClientEvent): Situation {
  const text = JSON.stringify(event);
  return fed(situation, { type: "frame", text }, [{ at: situation.atMs, from: "client", event }]);
}

function later(situation: Situation, byMs: number): Situation {
  const untilMs = situation.atMs + byMs;
  let now = situation;
  for (let wake = now.server.wakeAtMs; wake !== undefined && wake <= untilMs; wake = now.server.wakeAtMs) {
    now = fed({ ...now, atMs: Math.max(wake, now.atMs) }, { type: "tick" });
  }
  return { ...now, atMs: untilMs };
}

function begun(audio: AudioFlavour, manual: boolean): Situation {
  const blank: Situation = { atMs: 0, server: service.begin("lint"), conversation: initialState };
  const opened = { type: "link.opened", transport: "memory", audio } as const;
  const open = fed(blank, { type: "opened", epochMs: 0, model: "gpt-realtime", audio }, [
    { at: 0, from: "local", event: opened },
  ]);
  const turn_detection = manual ? null : ({ type: "server_vad" } as const);
  return sent(open, {
    type: "session.update",
    session: { type: "realtime", audio: { input: { turn_detection } } },
  });
}

/** What the emulator says to a command; `undefined` where it carries it out. */
function refusal(situation: Situation, command: ClientEvent): string | undefined {
  const text = JSON.stringify({ ...command, event_id: "tried" });
  const { outputs } = service.step(situation.server, { type: "frame", atMs: situation.atMs, text });
  for (const output of outputs) {
    if (output.type !== "send" || output.event.type !== "error") continue;
    if (output.event.error.event_id === "tried") return output.event.error.message;
  }
  return undefined;
}

const loud = (ms: number) =>
  Int16Array.from({ length: 24 * ms }, (_, index) => 20_000 * Math.sin(index * 0.3));
const quiet = (ms: number) => new Int16Array(24 * ms);
const sound = (samples: Int16Array) => bytesToBase64(pcm16ToBytes(samples));

type Act = (situation: Situation) => Situation;

/** Any item of the conversation or beside it, or one that nobody has. */
const anId = (situation: Situation, pick: number): string => {
  const { items, detached } = situation.conversation;
  const ids = [...items, ...detached].map(({ id }) => id);
  return ids[pick % (ids.length + 1)] ?? "item_of_nobody";
};

const say: Act = (now) =>
  sent(now, {
    type: "conversation.item.create",
    item: { type: "message", role: "user", content: [{ type: "input_text", text: "A question" }] },
  });

const microphone =
  (samples: Int16Array): Act =>
  (now) =>
    now.conversation.audio === "media"
      ? fed(now, { type: "microphone", samples })
      : sent(now, { type: "input_audio_buffer.append", audio: sound(samples) });

/** What happens in a session before a command is tried. */
const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.constant(say),
  fc.nat(3000).map(
    (ms): Act =>
      (now) =>
        later(now, ms),
  ),
  fc.constantFrom(0, 400, 2000).map(
    (ms): Act =>
      (now) =>
        later(sent(now, { type: "response.create" }), ms),
  ),
  fc.constant<Act>((now) => sent(now, { type: "response.create", response: { conversation: "none" } })),
  fc.constantFrom(20, 60, 300).map((ms) => microphone(loud(ms))),
  fc.constant(microphone(quiet(600))),
  fc.constant<Act>((now) => sent(now, { type: "input_audio_buffer.commit" })),
  fc.constant<Act>((now) => sent(now, { type: "input_audio_buffer.clear" })),
  fc.nat(20).map(
    (pick): Act =>
      (now) =>
        sent(now, { type: "conversation.item.delete", item_id: anId(now, pick) }),
  ),
  fc.tuple(fc.nat(20), fc.nat(500)).map(
    ([pick, ms]): Act =>
      (now) =>
        sent(now, {
          type: "conversation.item.truncate",
          item_id: anId(now, pick),
          content_index: 0,
          audio_end_ms: ms,
        }),
  ),
  fc.constant<Act>((now) =>
    sent(now, { type: "session.update", session: { type: "realtime", tracing: "auto" } }),
  ),
  fc.constant<Act>((now) =>
    sent(now, {
      type: "session.update",
      session: { type: "realtime", audio: { output: { voice: "marin" } } },
    }),
  ),
);

type Making = (situation: Situation) => ClientEvent;

/** Commands to try in every situation. */
const plain: readonly ClientEvent[] = [
  { type: "input_audio_buffer.commit" },
  { type: "input_audio_buffer.clear" },
  { type: "output_audio_buffer.clear" },
  { type: "response.create" },
  { type: "response.create", response: { conversation: "none" } },
  { type: "session.update", session: { type: "realtime", model: "gpt-realtime" } },
  { type: "session.update", session: { type: "realtime", model: "gpt-realtime-2" } },
  { type: "session.update", session: { type: "transcription" } },
  { type: "session.update", session: { type: "realtime", audio: { output: { voice: "alloy" } } } },
  { type: "session.update", session: { type: "realtime", audio: { output: { voice: "marin" } } } },
  { type: "session.update", session: { type: "realtime", audio: { output: { speed: 1.2 } } } },
  { type: "session.update", session: { type: "realtime", tracing: { workflow_name: "test" } } },
  { type: "session.update", session: { type: "realtime", instructions: "Be brief." } },
  {
    type: "conversation.item.create",
    item: { type: "function_call_output", call_id: "call_of_nobody", output: "" },
  },
  {
    type: "conversation.item.create",
    item: { type: "mcp_approval_response", approval_request_id: "request_of_nobody", approve: true },
  },
  {
    type: "conversation.item.create",
    item: {
      type: "mcp_approval_request",
      id: "q",
      server_label: "docs",
      name: "search",
      arguments: "{}",
    },
  },
  {
    type: "conversation.item.create",
    item: {
      type: "message",
      role: "assistant",
      content: [{ type: "output_audio", transcript: "Hello" }],
    },
  },
];

/** Commands about an item, to be tried besides. All are well formed. */
const commands: fc.Arbitrary<Making> = fc.oneof(
  fc.nat(20).map(
    (pick): Making =>
      (now) => ({ type: "conversation.item.delete", item_id: anId(now, pick) }),
  ),
  fc.nat(20).map(
    (pick): Making =>
      (now) => ({ type: "conversation.item.retrieve", item_id: anId(now, pick) }),
  ),
  fc.nat(20).map(
    (pick): Making =>
      (now) => ({
        type: "conversation.item.create",
        previous_item_id: anId(now, pick),
        item: { type: "message", role: "user", content: [{ type: "input_text", text: "Hi" }] },
      }),
  ),
  fc.nat(20).map(
    (pick): Making =>
      (now) => ({
        type: "response.create",
        response: { conversation: "none", input: [{ type: "item_reference", id: anId(now, pick) }] },
      }),
  ),
  fc.tuple(fc.nat(20), fc.oneof(fc.nat(1200), fc.constant(60_000)), fc.nat({ max: 3 })).map(
    ([pick, ms, part]): Making =>
      (now) => ({
        type: "conversation.item.truncate",
        item_id: anId(now, pick),
        content_index: part === 3 ? 1 : 0,
        audio_end_ms: ms,
      }),
  ),
);

describe("the linter and the emulator", () => {
  it.each([
    ["with sound as events, turn by hand", "events", true],
    ["with sound as events, turns detected", "events", false],
    ["with a media track", "media", true],
  ] as const)("agree on what is refused, %s", (_, audio, manual) => {
    const found = new Map<FindingCode | "nothing", number>();
    fc.assert(
      fc.property(
        fc.array(acts, { maxLength: 14 }),
        fc.array(commands, { minLength: 8, maxLength: 8 }),
        (happenings, makings) => {
          const situation = happenings.reduce((now, act) => act(now), begun(audio, manual));
          for (const command of [...plain, ...makings.map((make) => make(situation))]) {
            const findings = lint(situation.conversation, command);
            for (const { code } of findings) found.set(code, (found.get(code) ?? 0) + 1);
            const why = refusal(situation, command);
            const context = `${JSON.stringify(command)}: ${JSON.stringify(findings)} and ${why}`;
            // Of a buffer that the server empties by itself, or fills, it is known only what it can't hold.
            const isOpen = command.type === "input_audio_buffer.commit" && (!manual || audio === "media");
            // Of sound that does not come as events it is not known how much there is.
            const isUncounted = command.type === "conversation.item.truncate" && audio === "media";
            if (findings.length > 0) expect(why, context).toBeDefined();
            else if (!isOpen && !isUncounted) expect(why, context).toBeUndefined();
            else if (why === undefined) found.set("nothing", 1);
          }
        },
      ),
      { numRuns: 200 },
    );
    const common: FindingCode[] = [
      "model_fixed",
      "session_type_fixed",
      "voice_fixed",
      "speed_fixed",
      "tracing_fixed",
      "unknown_item",
      "unknown_predecessor",
      "unknown_call",
      "unknown_approval",
      "service_item",
      "assistant_sound",
      "response_active",
      "not_assistant_speech",
    ];
    const events: FindingCode[] = ["client_owns_playback", "commit_too_short", "beyond_audio"];
    expect([...found.keys()]).toEqual(
      expect.arrayContaining(audio === "media" ? common : [...common, ...events]),
    );
  });

  it("differ in one thing: an id that is taken, which OpenAI has been seen to take again", () => {
    const item: Item = {
      id: "one",
      type: "message",
      role: "user",
      content: [{ type: "input_text", text: "Hi" }],
    };
    const command: ClientEvent = { type: "conversation.item.create", item };
    const situation = sent(begun("events", true), command);
    expect(lint(situation.conversation, command).map(({ code }) => code)).toEqual(["duplicate_item"]);
    expect(refusal(situation, command)).toBeUndefined();
  });

  it("agree to the sample on how much a turn takes", () => {
    for (const samples of [2399, 2400]) {
      const piece = sound(new Int16Array(samples));
      const situation = sent(begun("events", true), { type: "input_audio_buffer.append", audio: piece });
      expect(base64ToBytes(piece)).toHaveLength(samples * 2);
      const commit: ClientEvent = { type: "input_audio_buffer.commit" };
      expect(lint(situation.conversation, commit)).toHaveLength(samples < 2400 ? 1 : 0);
      expect(refusal(situation, commit) === undefined).toBe(samples === 2400);
    }
  });
});
