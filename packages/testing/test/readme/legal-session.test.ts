import { chooser, type LegalSession, legalOrder, legalSession } from "@duologue/testing";
import fc from "fast-check";
import { expect, it } from "vitest";

/** The code under test: what the assistant said, by item. */
function saidIn(entries: LegalSession["entries"]): Record<string, string> {
  const said: Record<string, string> = {};
  for (const { event } of entries) {
    if (event.type !== "response.output_audio_transcript.done") continue;
    said[String(event.item_id)] = String(event.transcript);
  }
  return said;
}

const choices = fc.array(fc.nat(), { maxLength: 300, size: "max" });

it("reads what the assistant said, in whatever legal order it comes", () => {
  fc.assert(
    fc.property(choices, choices, (what, order) => {
      const session = legalSession(chooser(what));
      const said = saidIn(session.entries);
      for (const { id, text } of session.items) if (id in said) expect(said[id]).toBe(text);
      expect(saidIn(legalOrder(session.entries, chooser(order)))).toEqual(said);
    }),
  );
});
