import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { canonicalJson, initialState, reduce } from "@duologue/conversation";
import { type Entry, memorySink, readRecording, recordingWriter } from "@duologue/core";
import { type ClientEvent, openaiRealtime, type ServerEvent } from "@duologue/protocol";
import { assertReplays, legalOrder, seededRandom, virtualClock } from "@duologue/testing";
import { describe, expect, it } from "vitest";
import { during, type Flow, held } from "./flows/flow.ts";
import { flows } from "./flows/flows.ts";
import { serviceOf } from "./flows/service.ts";
import { brokenProperties } from "./legal/properties.ts";
import { replayedState } from "./legal/replayed-state.ts";

// Recordings of what happens in conversations, made with the emulator, and what comes of them.
// RECORD_FLOWS=1 makes them again; then `vitest run test/flows.test.ts -u` takes the new states for right.
const recording = process.env.RECORD_FLOWS === "1";
const folder = fileURLToPath(new URL("../packages/conversation/test/recordings/", import.meta.url));
const fileOf = ({ name }: Flow) => `${folder}${name}.jsonl`;
const hashOf = (value: unknown) => createHash("sha256").update(canonicalJson(value)).digest("hex");

const textOf = (flow: Flow) => readFileSync(fileOf(flow), "utf8");

function entriesOf(flow: Flow): readonly Entry[] {
  const { entries, problems } = readRecording(textOf(flow));
  expect(problems).toEqual([]);
  return entries;
}

/** Holds a flow's conversation with the emulator: its log as a recording without sound, and its last state. */
async function recorded(flow: Flow) {
  const clock = virtualClock();
  const sink = memorySink();
  const { name: protocol } = openaiRealtime;
  const header = { about: flow.about };
  const redact = { audio: true, salt: flow.name };
  const writer = recordingWriter(sink, { protocol, header, redact });
  const entries: Entry[] = [];
  const onEntry = (entry: Entry) => {
    entries.push(entry);
    writer.write(entry);
  };
  const state = await during(clock, held(flow, serviceOf(flow, clock), clock, onEntry));
  return { text: sink.text, state, entries };
}

if (recording) {
  mkdirSync(folder, { recursive: true });
  describe("a new recording", () => {
    it.each(flows.map((flow) => [flow.name, flow] as const))("%s is made", async (_, flow) => {
      const { text, state } = await recorded(flow);
      expect((await recorded(flow)).text).toBe(text);
      expect(hashOf(await replayedState(readRecording(text).entries))).toBe(hashOf(state));
      writeFileSync(fileOf(flow), text);
    });
  });
}

describe("a recording of a flow", () => {
  it("is there for every one of them, and for nothing else", () => {
    const files = existsSync(folder) ? readdirSync(folder).sort() : [];
    expect(files).toEqual(flows.map(({ name }) => `${name}.jsonl`).sort());
  });

  it.each(flows.map((flow) => [flow.name, flow] as const))(
    "%s shows what it is about, and comes to the same state",
    async (_, flow) => {
      const log = entriesOf(flow);
      const state = await replayedState(log);
      // It was recorded from a session of this protocol.
      flow.shows({ state, log: log as readonly Entry[] as readonly Entry<ClientEvent, ServerEvent>[] });
      expect(hashOf(state)).toMatchSnapshot();
    },
  );

  it.each(flows.map((flow) => [flow.name, flow] as const))(
    "%s comes to the same state from every legal order, and keeps its promises",
    (_, flow) => {
      // It was recorded from a session of this protocol.
      const log = entriesOf(flow) as readonly Entry[] as readonly Entry<ClientEvent, ServerEvent>[];
      const fold = (order: typeof log) => order.reduce(reduce, initialState);
      for (let seed = 0; seed < 20; seed++) {
        const { below } = seededRandom(`${flow.name} ${seed}`);
        expect(fold(legalOrder(log, below)), `seed ${seed}`).toEqual(fold(log));
        expect(brokenProperties(log, below), `seed ${seed}`).toEqual([]);
      }
    },
  );

  it.each(flows.map((flow) => [flow.name, flow] as const))("%s is done again", async (_, flow) => {
    const clock = virtualClock();
    await during(
      clock,
      assertReplays({
        recording: readRecording(textOf(flow)),
        protocol: openaiRealtime,
        program: async (transport) => void (await held(flow, transport, clock)),
        pace: clock,
        patienceMs: 60_000,
      }),
    );
  });
});
