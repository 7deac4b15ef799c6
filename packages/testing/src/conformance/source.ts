import type { ConformanceCase } from "./harness.ts";
import { claim } from "./stage.ts";

/** A quoted dotted name of one of the families of realtime events: `"session.update"`. */
const eventName =
  /["'`](?:session|transcription_session|response|conversation|input_audio_buffer|output_audio_buffer|rate_limits|mcp_list_tools|call)\.[a-z_.]+["'`]/;

/** Rules about what an adapter knows. */
export const sourceCases: readonly ConformanceCase[] = [
  {
    id: "source/no-event-names",
    rule: "The adapter's source names no event of any protocol.",
    needs: "sources",
    async run(harness) {
      const sources = await harness.sources?.();
      claim(sources !== undefined && sources.length > 0, "The harness gives no sources.");
      for (const source of sources) {
        const found = eventName.exec(source);
        claim(found === null, `The adapter names an event: ${found?.[0]}.`);
      }
    },
  },
];
