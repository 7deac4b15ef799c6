import { openaiRealtime } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooser, type LegalSession, legalOrder, legalSession, seededRandom } from "../../src/index.ts";

const sessions = fc
  .array(fc.nat(), { maxLength: 300, size: "max" })
  .map((choices) => legalSession(chooser(choices)));

const many = Array.from({ length: 300 }, (_, seed) => legalSession(seededRandom(seed).below));
const types = (session: LegalSession) => session.entries.map(({ event }) => event.type);

describe("legalSession", () => {
  it("is a greeting where nothing is chosen", () => {
    const { entries, items, responses } = legalSession(() => 0);
    expect(entries.map(({ event }) => event.type)).toEqual(["link.opened", "session.created"]);
    expect([items, responses]).toEqual([[], []]);
  });

  it("is the same for the same choices", () => {
    expect(legalSession(seededRandom(5).below)).toEqual(legalSession(seededRandom(5).below));
  });

  it("holds events that conform to their schemas, with ids of their own and times that rise", () => {
    fc.assert(
      fc.property(sessions, ({ entries }) => {
        const ids = new Set<unknown>();
        let last = Number.NEGATIVE_INFINITY;
        for (const { at, from, event } of entries) {
          expect(at).toBeGreaterThan(last);
          last = at ?? Number.NaN;
          if (from === "local") continue;
          const text = JSON.stringify(event);
          const decoded = from === "server" ? openaiRealtime.decode(text) : openaiRealtime.decodeClient(text);
          expect(decoded).toMatchObject({ kind: "known", issues: [] });
          if (from === "server") ids.add(event.event_id);
        }
        expect(ids.size).toBe(entries.filter(({ from }) => from === "server").length);
      }),
      { numRuns: 100 },
    );
  });

  it("tells of every response and item how it ended", () => {
    fc.assert(
      fc.property(sessions, ({ entries, items, outOfBand, responses, totalTokens }) => {
        const ended = new Map<string, string>();
        let tokens = 0;
        for (const { from, event } of entries) {
          if (from !== "server" || !openaiRealtime.isServerEvent(event)) continue;
          if (event.type === "response.done") {
            ended.set(event.response.id, event.response.status);
            tokens += event.response.usage?.total_tokens ?? 0;
          }
        }
        expect(responses.every(({ id, status }) => ended.get(id) === status)).toBe(true);
        expect(responses).toHaveLength(ended.size);
        expect(totalTokens).toBe(tokens);
        const known = [...items, ...outOfBand].map(({ id }) => id);
        expect(new Set(known).size).toBe(known.length);
      }),
      { numRuns: 100 },
    );
  });

  it("has everything that can happen in it, sooner or later", () => {
    const met = new Set(many.flatMap(types));
    for (const type of [
      "conversation.item.create",
      "conversation.item.deleted",
      "conversation.item.input_audio_transcription.completed",
      "conversation.item.input_audio_transcription.failed",
      "conversation.item.input_audio_transcription.segment",
      "conversation.item.truncated",
      "error",
      "mcp_list_tools.completed",
      "mcp_list_tools.failed",
      "response.mcp_call.completed",
      "response.mcp_call.failed",
      "response.mcp_call_arguments.delta",
      "input_audio_buffer.commit",
      "input_audio_buffer.speech_started",
      "playback.finished",
      "playback.flushed",
      "response.cancel",
      "response.function_call_arguments.done",
      "response.output_audio.delta",
      "response.output_text.delta",
      "session.updated",
    ]) {
      expect(met, type).toContain(type);
    }
    const items = many.flatMap((session) => session.items);
    expect(items.some(({ pictures }) => pictures === 1)).toBe(true);
    expect(items.some(({ speakers }) => new Set(speakers).size > 1)).toBe(true);
    const kinds = ["system", "mcp_approval_request", "mcp_approval_response"];
    const found = new Set(items.map(({ type, role }) => (role === "system" ? role : type)));
    for (const kind of kinds) expect(found, kind).toContain(kind);
    const ends = new Set(
      many.flatMap(({ responses }) => responses.map(({ status, outOfBand }) => `${status} ${outOfBand}`)),
    );
    expect([...ends].sort()).toEqual([
      "cancelled false",
      "completed false",
      "completed true",
      "failed false",
      "incomplete false",
    ]);
    expect(many.some(({ items }) => items.filter(({ type }) => type === "function_call").length > 1)).toBe(
      true,
    );
  });

  it("stays small enough to be looked at, and grows with the choices", () => {
    const lengths = many.map(({ entries }) => entries.length).sort((a, b) => a - b);
    expect(lengths[0]).toBe(2);
    expect(lengths[150]).toBeGreaterThan(50);
    expect(lengths.at(-1)).toBeLessThan(3_000);
  });
});

describe("legalOrder of a legal session", () => {
  const shuffled = many.map((session, seed) => ({
    session,
    order: legalOrder(session.entries, seededRandom(`order ${seed}`).below),
  }));

  it("has the same events, client and local ones at their places, and the same times", () => {
    for (const { session, order } of shuffled) {
      expect(order.map(({ at }) => at)).toEqual(session.entries.map(({ at }) => at));
      expect(new Set(order.map(({ event }) => event))).toEqual(
        new Set(session.entries.map(({ event }) => event)),
      );
      for (const [index, entry] of session.entries.entries()) {
        if (entry.from !== "server") expect(order[index]?.event).toBe(entry.event);
      }
    }
  });

  it("really is another order, of the sessions that leave any room", () => {
    const moved = shuffled.filter(({ session, order }) =>
      order.some(({ event }, index) => event !== session.entries[index]?.event),
    );
    expect(moved.length).toBeGreaterThan(200);
  });

  it("is as it was where the first choice is always taken", () => {
    for (const { entries } of many) expect(legalOrder(entries, () => 0)).toEqual(entries);
  });
});
