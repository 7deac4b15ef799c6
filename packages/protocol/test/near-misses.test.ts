import { describe, expect, it } from "vitest";
import { checkOf, definitions } from "./definitions.ts";
import { nearMissesOf } from "./near-misses-of.ts";

const events = definitions.all.filter(({ file }) => /\/(client|server)\//.test(file));
const bodies = definitions.all.filter(({ file }) => file.startsWith("rest/"));

describe.each([...events, ...bodies].map((definition) => ({ name: definition.name, definition })))(
  "$name",
  ({ name, definition }) => {
    const misses = nearMissesOf(definition, definitions);

    it("refuses every near miss, with the place and what was expected there", () => {
      const passed: unknown[] = [];
      for (const { path, fault, value } of misses) {
        const issues = checkOf(name)(value) ?? [];
        const named = issues.find(
          (issue) => issue.path === path || (fault === "bound" && issue.path.startsWith(path)),
        );
        const says = fault === "missing" ? /^missing: expected / : /^(expected |missing: expected |at most )/;
        if (named === undefined || !says.test(named.message)) passed.push({ path, fault, issues });
      }
      expect(passed).toEqual([]);
      // Every one of them has a type at least; a body may have nothing that it needs.
      expect(misses.length).toBeGreaterThan(3);
    });

    it("has one for every field that it needs", () => {
      const gone = misses.filter(({ fault }) => fault === "missing").map(({ path }) => path);
      for (const field of definition.schema.required ?? []) expect(gone).toContain(`/${field}`);
    });
  },
);

describe("the near misses", () => {
  it("pass the bounds that the protocol has, by one", () => {
    const bounds = [...events, ...bodies].flatMap((definition) =>
      nearMissesOf(definition, definitions)
        .filter(({ fault }) => fault === "bound")
        .map(({ path }) => `${definition.name} ${path}`),
    );
    for (const bound of [
      "InputAudioBufferAppendEvent /audio",
      "InputAudioBufferAppendEvent /event_id",
      "ConversationItemTruncateEvent /audio_end_ms",
      "SessionUpdateEvent /session/audio/output/speed",
      "SessionUpdateEvent /session/audio/input/transcription/languages",
      "SessionUpdateEvent /session/audio/input/turn_detection/threshold",
      "SessionUpdateEvent /session/audio/input/turn_detection/idle_timeout_ms",
      "SessionUpdateEvent /session/max_output_tokens",
      "ResponseCreateEvent /response/metadata",
      "ResponseCreateEvent /response/max_output_tokens",
      "ClientSecretRequest /expires_after/seconds",
    ]) {
      expect(bounds).toContain(bound);
    }
  });
});
