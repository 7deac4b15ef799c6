import { realtimeCalls, webRtc } from "@duologue/transport-webrtc";
import type { Line } from "./line.ts";
import { overTracks as over } from "./over-tracks.ts";
import type { Service } from "./service.ts";

/** A line to the service. To be called in the handler of a click, for browsers let no page sound before. */
export function line(service: Service): Promise<Line> {
  const transport = webRtc({ exchange: realtimeCalls(service) });
  return over(transport);
}
