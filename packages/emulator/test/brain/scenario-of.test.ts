import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Entry, type Recording, readRecording } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { Scenario } from "../../src/brain/scenario.ts";
import { type ScenarioOfOptions, scenarioOf } from "../../src/brain/scenario-of.ts";
import type { GivenSettings } from "../../src/engine/engine-settings.ts";
import { conversation, only, typesOf } from "../support/conversation.ts";

/** A session whose frames are logged to the millisecond, as a recording of it would have them. */
function logged(settings: GivenSettings) {
  const talk = conversation(settings, "logged");
  const log: { readonly atMs: number; readonly event: ServerEvent }[] = [];
  const note = (events: readonly ServerEvent[]) => {
    for (const event of events) log.push({ atMs: talk.nowMs, event });
  };
  return {
    talk,
    log,
    open: () => note(talk.open()),
    send: (command: ClientEvent) => note(talk.send(command)),
    speak: (words: string) => note(talk.speak(words)),
    wait(ms: number) {
      for (let passed = 0; passed < ms; passed++) note(talk.advance(1));
    },
    get recording(): Recording {
      const sent = talk.inputs.flatMap((input): Entry[] =>
        input.type === "frame" ? [{ at: input.atMs, from: "client", event: JSON.parse(input.text) }] : [],
      );
      const received = log.map(({ atMs, event }): Entry => ({ at: atMs, from: "server", event }));
      const entries = [...sent, ...received].sort((one, other) => (one.at ?? 0) - (other.at ?? 0));
      return { header: { duologue: 1, protocol: "openai-realtime" }, entries, lines: [], problems: [] };
    },
  };
}

const docs = {
  type: "mcp",
  server_label: "docs",
  server_url: "https://x",
  require_approval: "never",
} as const;

const scenario: Scenario = {
  turns: [
    { heard: "What is it?", say: "One moment.", tools: [{ name: "look", arguments: { at: "it" } }] },
    { tools: [{ server: "docs", name: "search", arguments: { q: "it" } }] },
    { say: "It is a very long story, and I shall tell all of it.", delayMs: 321 },
    { status: "failed", error: { code: "rate_limit_exceeded", message: "Slow down." } },
    { say: "Never", status: "incomplete", reason: "max_output_tokens" },
    { transcription: { outcome: "failed", delayMs: 700 }, say: "Pardon?" },
  ],
  mcp: { docs: { tools: [{ name: "search" }], calls: { search: { output: "Found.", delayMs: 77 } } } },
};

/** A session with a bit of everything that a scenario can tell. */
function lively(given: Scenario = scenario) {
  const session = logged({ scenario: given });
  const { send, speak, wait } = session;
  session.open();
  const audio = { input: { transcription: { model: "gpt-4o-transcribe" } } };
  send({ type: "session.update", session: { type: "realtime", tools: [docs], audio } });
  speak("What is it?");
  wait(3000);
  send({ type: "response.create" });
  wait(900);
  send({ type: "response.create" });
  wait(600);
  send({ type: "response.cancel" });
  wait(100);
  send({ type: "response.create" });
  wait(1500);
  send({ type: "response.create" });
  wait(1500);
  speak("Mumble");
  wait(4000);
  return session;
}

/** A log without the sound, which nobody wants to read. */
function brief(log: readonly { readonly atMs: number; readonly event: ServerEvent }[]): string[] {
  return log.map((entry) =>
    JSON.stringify(entry, (_, value) =>
      typeof value === "string" && value.length > 200 ? `${value.slice(0, 40)}… ${value.length}` : value,
    ),
  );
}

describe("scenarioOf", () => {
  it("makes a scenario under which the same client gets the very same session", () => {
    const first = lively();
    expect(brief(lively(scenarioOf(first.recording)).log)).toEqual(brief(first.log));
  });

  it("leaves the time to the engine where it is asked to, or knows none", () => {
    const { recording } = lively();
    const timeless = { ...recording, entries: recording.entries.map((entry) => ({ ...entry, at: null })) };
    const made = scenarioOf(recording, { delays: false });
    expect(made).toEqual(scenarioOf(timeless));
    expect(made.turns.map(({ delayMs }) => delayMs)).toEqual(made.turns.map(() => undefined));
    const waits = made.turns.flatMap(({ deltas = [] }) => deltas.map(({ afterMs = 0 }) => afterMs));
    // Only what was cancelled waits, for ever.
    expect(waits.filter((ms) => ms > 0)).toEqual([expect.any(Number)]);
  });

  it("tells what was said, called and heard", () => {
    const { turns, mcp } = scenarioOf(lively().recording, { detection: true });
    const wordsOf = (index: number) =>
      (turns[index]?.deltas ?? []).map((delta) => ("text" in delta ? delta.text : "")).join("");
    expect(turns).toHaveLength(6);
    expect(turns[0]).toMatchObject({
      heard: "What is it?",
      transcription: { outcome: "completed", delayMs: 400 },
      tools: [{ name: "look", arguments: '{"at":"it"}' }],
      delayMs: 200,
    });
    expect(turns[0]?.detection?.audioEndMs).toBeGreaterThan(turns[0]?.detection?.audioStartMs ?? 0);
    expect(wordsOf(0)).toBe("One moment.");
    expect(turns[1]).toMatchObject({ tools: [{ server: "docs", name: "search", arguments: '{"q":"it"}' }] });
    expect(wordsOf(2).length).toBeGreaterThan(10);
    expect(scenario.turns[2]?.say?.startsWith(wordsOf(2))).toBe(true);
    expect(turns[2]).not.toHaveProperty("status");
    expect(turns[3]).toMatchObject({ status: "failed", error: { code: "rate_limit_exceeded" } });
    expect(turns[4]).toMatchObject({ status: "incomplete", reason: "max_output_tokens" });
    expect(turns[5]).toMatchObject({ transcription: { outcome: "failed", delayMs: 700 } });
    expect(mcp?.docs?.calls).toEqual({ search: [{ output: "Found.", delayMs: 77 }] });
  });

  it("takes another turn for what a response says after a call of MCP", () => {
    const held = (given: Scenario) => {
      const session = logged({ scenario: given, unsettled: { goesOnAfterMcp: true } });
      session.open();
      session.send({ type: "session.update", session: { type: "realtime", tools: [docs] } });
      session.wait(400);
      session.send({ type: "response.create" });
      session.wait(3000);
      return session;
    };
    const first = held({ ...scenario, turns: [scenario.turns[1]!, { say: "Found it." }] });
    expect(typesOf(first.talk.events).at(-1)).toBe("rate_limits.updated");
    const made = scenarioOf(first.recording);
    expect(made.turns).toHaveLength(2);
    expect(brief(held(made).log)).toEqual(brief(first.log));
  });

  it("gives each of several speeches before one answer its own words", () => {
    const held = (given: Scenario) => {
      const session = logged({ scenario: given });
      session.open();
      const turn_detection = { type: "server_vad", create_response: false } as const;
      const input = { turn_detection, transcription: { model: "whisper-1" } };
      session.send({ type: "session.update", session: { type: "realtime", audio: { input } } });
      session.speak("One");
      session.speak("Two");
      session.wait(1000);
      return session;
    };
    const first = held({ turns: [{ heard: "One" }, { heard: "Two" }] });
    const made = scenarioOf(first.recording);
    expect(made.turns.map(({ heard }) => heard)).toEqual(["One", "Two"]);
    expect(brief(held(made).log)).toEqual(brief(first.log));
  });

  it("has deltas come late again that came after the end of their response", () => {
    const held = (given: Scenario) => {
      const session = logged({ scenario: given });
      session.open();
      session.send({ type: "response.create" });
      session.wait(350);
      session.send({ type: "response.cancel" });
      session.wait(100);
      return session;
    };
    const faults = [{ type: "late_deltas", count: 2 }] as const;
    const first = held({ turns: [{ say: "Once upon a time", faults }] });
    const made = scenarioOf(first.recording);
    expect(made.turns[0]?.faults).toEqual(faults);
    expect(brief(held(made).log)).toEqual(brief(first.log));
  });

  it("hears nothing where nothing was heard, however it sounds", () => {
    const first = logged({});
    first.open();
    const made = scenarioOf(first.recording, { detection: true });
    const again = conversation({ scenario: made });
    again.open();
    expect(typesOf(again.speak("Hello there"))).toEqual([]);
    expect(scenarioOf(first.recording).turns).toEqual([]);
  });

  it("keeps a response open that never ended, or never said anything", () => {
    const first = logged({ scenario: { turns: [{ say: "Once upon a time" }] } });
    first.open();
    first.send({ type: "response.create" });
    const mute = scenarioOf(first.recording);
    first.wait(350);
    const cut = scenarioOf(first.recording);
    for (const made of [mute, cut]) {
      const again = conversation({ scenario: made });
      again.open();
      again.send({ type: "response.create" });
      expect(only(again.advance(30 * 60 * 1000), "response.done")).toEqual([]);
      expect(typesOf(again.send({ type: "response.cancel" })).at(-1)).toBe("response.done");
    }
  });
});

const folder = fileURLToPath(new URL("../../../../../shared/recordings/", import.meta.url));

function played(recording: Recording, options: ScenarioOfOptions): ServerEvent[] {
  const talk = conversation({ scenario: scenarioOf(recording, options) });
  talk.open();
  for (const { from, event } of recording.entries) {
    if (from !== "client") continue;
    // The lines of a client hold client events.
    const command = event as ClientEvent;
    if (command.type === "conversation.item.create" && command.item.type === "function_call_output") {
      const { call_id } = only(talk.events, "response.function_call_arguments.done").at(-1)!;
      talk.send({ ...command, item: { ...command.item, call_id } });
    } else {
      talk.send(command);
    }
    if (command.type === "response.create") talk.advance(10_000);
  }
  talk.advance(10_000);
  return talk.events;
}

describe.runIf(existsSync(folder))("a recorded service", () => {
  const all = existsSync(folder) ? readdirSync(folder) : [];
  const names = all.filter((name) => name.startsWith("openai__") || name.startsWith("azure__"));
  it("of any kind has a scenario", () => {
    for (const name of all) {
      const { turns } = scenarioOf(readRecording(readFileSync(`${folder}${name}`, "utf8")));
      expect(turns.length, name).toBeGreaterThan(0);
    }
  });

  for (const name of names) {
    it(`is played to the letter of its event types: ${name}`, () => {
      const recording = readRecording(readFileSync(`${folder}${name}`, "utf8"));
      const recorded = recording.entries.flatMap(({ from, event }) =>
        from === "server" ? [event.type] : [],
      );
      // The recordings end before the limits come; the transcription has no fixed place; arguments are cut anew.
      const isLoose = (type: string) =>
        type === "rate_limits.updated" ||
        type.includes("input_audio_transcription") ||
        type === "response.function_call_arguments.delta" ||
        type === "session.created";
      const emulated = typesOf(played(recording, { detection: true }));
      expect(emulated.filter((type) => !isLoose(type))).toEqual(recorded.filter((type) => !isLoose(type)));
    });
  }
});

if (!existsSync(folder)) console.info(`Not compared with recorded sessions: there are none in ${folder}`);
