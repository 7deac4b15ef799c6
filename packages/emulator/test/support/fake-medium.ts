import type { ServerEvent } from "@duologue/protocol";
import type { CallLink, CallMedium, CallSession } from "../../src/mouth/call-medium.ts";

/** A medium whose peers are this test: `connect` opens the data channel of the call that was answered last. */
export function fakeMedium() {
  let open: ((link: CallLink) => CallSession) | undefined;
  const self = {
    closed: false,
    offers: [] as string[],
    async answer(offerSdp: string, begin: (link: CallLink) => CallSession) {
      if (offerSdp.includes("unusable")) throw new Error("The offer has no audio.");
      self.offers.push(offerSdp);
      open = begin;
      return { answerSdp: "v=0\r\ns=answer\r\n" };
    },
    async close() {
      self.closed = true;
    },
    connect() {
      if (open === undefined) throw new Error("No call was answered.");
      const events: ServerEvent[] = [];
      const ended: { code: number; reason: string }[] = [];
      let playedSamples = 0;
      const session = open({
        send: (frame) => events.push(JSON.parse(frame) as ServerEvent),
        close: (code, reason) => ended.push({ code, reason }),
        play: (samples) => {
          playedSamples += samples.length;
        },
        flush() {},
      });
      return {
        session,
        events,
        ended,
        get playedSamples() {
          return playedSamples;
        },
      };
    },
  } satisfies CallMedium & Record<string, unknown>;
  return self;
}

export const offer = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n";
