import { eventsIn } from "../../../../scripts/generate/catalogue-source.ts";
import { definitions } from "../definitions.ts";
import type { Frame } from "./report.ts";

const protocols = ["realtime", "translation"] as const;
const sides = ["client", "server"] as const;

/** The examples of every event of both protocols as frames. */
export const soundFrames: readonly Frame[] = protocols.flatMap((protocol) =>
  sides.flatMap((from) =>
    eventsIn(definitions, `${protocol}/${from}/`).flatMap(({ schema }) =>
      (schema.examples ?? []).map((example) => ({ protocol, from, text: JSON.stringify(example) })),
    ),
  ),
);

/** A known event with two wrong fields, an unknown event, and no event at all. */
export const oddFrames: readonly Frame[] = [
  {
    protocol: "realtime",
    from: "server",
    text: '{"type":"response.done","event_id":"e","response":{"id":"r","output":7}}',
  },
  { protocol: "realtime", from: "server", text: '{"type":"response.tomorrow","event_id":"e"}' },
  { protocol: "realtime", from: "server", text: "no JSON" },
];

/** What `report` says of `soundFrames` and then `oddFrames`. */
export const expectedFrames: readonly string[] = [
  ...soundFrames.map(() => "known"),
  "known /response/status /response/output",
  "unknown",
  "undecodable",
];
