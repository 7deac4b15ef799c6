import { openaiRealtimeUrl, webSocket } from "@duologue/transport-websocket";
import type { Line } from "./line.ts";
import { overWorklets as over } from "./over-worklets.ts";
import type { Service } from "./service.ts";

/** A line to the service. To be called in the handler of a click, for browsers let no page sound before. */
export function line(service: Service): Promise<Line> {
  const transport = webSocket({ url: openaiRealtimeUrl(service), apiKey: service.apiKey });
  return over(transport);
}
