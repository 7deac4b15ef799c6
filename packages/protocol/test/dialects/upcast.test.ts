import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsIn } from "../../../../scripts/generate/catalogue-source.ts";
import { betaNames } from "../../src/dialects/upcast.ts";
import { azure, beta, dialect, openai, upcast, xai } from "../../src/dialects.ts";
import { isClientEventType, isServerEventType, openaiRealtime } from "../../src/index.ts";
import { definitions } from "../definitions.ts";
import { withStrangeFields } from "../mutations-of.ts";
import { samplesOf } from "../samples-of.ts";
import { betaFrames } from "./beta-frames.ts";

type Event = Parameters<typeof upcast>[0];

describe("upcast", () => {
  const protocol = dialect(openaiRealtime, beta);

  it.each(betaFrames)(
    "$event.type of a $from takes today's form, and conforms",
    ({ from, event, becomes }) => {
      const today = upcast(event);
      expect(today).toEqual({ ...event, ...becomes });
      const text = JSON.stringify(event);
      const decoded = from === "client" ? protocol.decodeClient(text) : protocol.decode(text);
      expect(decoded).toEqual({ kind: "known", event: { ...event, ...becomes }, issues: [] });
    },
  );

  it("has a name of today for every name of the beta", () => {
    expect(Object.keys(betaNames).every((type) => betaFrames.some(({ event }) => event.type === type))).toBe(
      true,
    );
    for (const [was, is] of Object.entries(betaNames)) {
      expect(upcast({ type: was })).toEqual({ type: is });
      expect(isClientEventType(is) || isServerEventType(is)).toBe(true);
    }
  });

  it("leaves every event of today alone, but the one that two others replaced", () => {
    const events = ["client", "server"].flatMap((side) => eventsIn(definitions, `realtime/${side}/`));
    for (const definition of events) {
      const { examples = [] } = definition.schema;
      for (const event of [...samplesOf(definition, definitions), ...examples] as Event[]) {
        if (definition.type === "conversation.item.created") {
          expect(upcast(event)).toEqual({ ...event, type: "conversation.item.added" });
        } else expect(upcast(event)).toBe(event);
      }
    }
  });

  it("does not change what it was given", () => {
    for (const { event } of betaFrames) {
      const before = JSON.stringify(event);
      upcast(event);
      expect(JSON.stringify(event)).toBe(before);
    }
  });

  it("has nothing left to do the second time, in any dialect", () => {
    for (const { upcast: again } of [openai, azure, xai, beta]) {
      for (const { event } of betaFrames) {
        const once = again(event);
        expect(again(once)).toBe(once);
      }
    }
  });

  it("keeps what it does not know", () => {
    for (const { event } of betaFrames) {
      // The event is an object still.
      const strange = withStrangeFields(event) as Event;
      const strangers = (value: unknown) => JSON.stringify(value).split('"x strange"').length;
      expect(strangers(upcast(strange))).toBe(strangers(strange));
    }
  });

  describe("keeps a setting where it is", () => {
    const session = (fields: object) =>
      upcast({ type: "session.updated", session: { type: "realtime", ...fields } }).session;

    it.each([
      ["whose new place is taken", { voice: "ash", audio: { output: { voice: "verse" } } }],
      [
        "whose new place is taken by null",
        { turn_detection: { type: "server_vad" }, audio: { input: { turn_detection: null } } },
      ],
      ["whose new place cannot be reached", { voice: "ash", audio: "none" }],
      ["that has no form today", { input_audio_format: "not specified", temperature: 1 }],
      ["that is no list", { modalities: "audio" }],
    ])("%s", (_, fields) => {
      expect(session(fields)).toEqual({ type: "realtime", ...fields });
    });

    it("beside the new one, when that says less", () => {
      expect(session({ modalities: ["audio", "text", "avatar"] })).toEqual({
        type: "realtime",
        modalities: ["audio", "text", "avatar"],
        output_modalities: ["audio"],
      });
    });
  });

  it("knows what Qwen means by its formats", () => {
    const session = { input_audio_format: "pcm16", output_audio_format: "pcm24" };
    expect(upcast({ type: "session.updated", session }).session).toEqual({
      type: "realtime",
      audio: {
        input: { format: { type: "audio/pcm" } },
        output: { format: { type: "audio/pcm", rate: 24000 } },
      },
    });
  });

  it("is total", () => {
    const words = fc.constantFrom(
      ...Object.keys(betaNames),
      "session.update",
      "response.done",
      "response.create",
      "constructor",
      "__proto__",
    );
    const keys = fc.constantFrom(
      ...[
        "session",
        "item",
        "response",
        "audio",
        "input",
        "output",
        "content",
        "modalities",
        "voice",
        "role",
        "type",
      ],
      ...[
        "turn_detection",
        "input_audio_format",
        "output_audio_format",
        "usage",
        "status_details",
        "__proto__",
      ],
    );
    const parts = fc.oneof(
      words,
      fc.constantFrom("assistant", "text", "audio", "pcm16", "message"),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        parts,
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(keys, tie("value"), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(words, fc.dictionary(keys, value), (type, fields) => {
        const event = JSON.parse(JSON.stringify({ ...fields, type }));
        const before = JSON.stringify(event);
        for (const spoken of [openai, azure, xai, beta]) {
          const once = spoken.upcast(event);
          expect(spoken.upcast(once)).toEqual(once);
          expect(typeof once.type).toBe("string");
        }
        expect(JSON.stringify(event)).toBe(before);
        expect({}).not.toHaveProperty("polluted");
      }),
      { numRuns: 300 },
    );
  });

  it.each([[undefined], [null], [7], ["text"], [[]], [{}], [{ type: 3 }]])("gives back %s", (nothing) => {
    // A program in plain JavaScript may hand in anything.
    expect(upcast(nothing as unknown as Event)).toBe(nothing);
    for (const spoken of [openai, azure, xai, beta])
      expect(spoken.upcast(nothing as unknown as Event)).toBe(nothing);
  });

  it("takes __proto__ for a field like any other", () => {
    const event = JSON.parse(
      '{"type":"session.updated","__proto__":{"polluted":1},"session":{"voice":"ash","__proto__":{"type":"realtime","polluted":1}}}',
    );
    const today = upcast(event);
    expect({}).not.toHaveProperty("polluted");
    expect(Object.hasOwn(today, "__proto__")).toBe(true);
    expect(JSON.stringify(today.session)).toBe(
      '{"type":"realtime","__proto__":{"type":"realtime","polluted":1},"audio":{"output":{"voice":"ash"}}}',
    );
  });
});
