import { describe, expect, it } from "vitest";
import { callStats, type StatsEntry, type Verdict } from "../src/index.ts";

/** What a second of a call did to the counters, and how things stand at its end. */
interface Second {
  readonly received?: number;
  readonly lost?: number;
  readonly sent?: number;
  readonly unheard?: number;
  readonly farLoss?: number;
  readonly made?: number;
  readonly silent?: number;
  readonly jitterMs?: number;
  readonly farJitterMs?: number;
  readonly roundTripMs?: number;
}

/** Reports before and after a second. */
function reports(second: Second): readonly [StatsEntry[], StatsEntry[]] {
  const { received = 50, lost = 0, sent = 50, unheard = 0, made = 0, silent = 0 } = second;
  const { jitterMs = 5, farJitterMs = 5, roundTripMs = 40, farLoss = 0 } = second;
  const report = (share: 0 | 1): StatsEntry[] => [
    { id: "T", type: "transport", timestamp: 10_000 + share * 1_000, selectedCandidatePairId: "P2" },
    { id: "P1", type: "candidate-pair", nominated: true, currentRoundTripTime: 9 },
    { id: "P2", type: "candidate-pair", currentRoundTripTime: roundTripMs / 1_000 },
    { id: "V", type: "inbound-rtp", kind: "video", packetsLost: 1_000 * share, packetsReceived: 1 },
    {
      id: "I",
      type: "inbound-rtp",
      kind: "audio",
      timestamp: 10_000 + share * 1_000,
      packetsReceived: 500 + share * received,
      packetsLost: 7 + share * lost,
      bytesReceived: 40_000 + share * 4_000,
      jitter: jitterMs / 1_000,
      concealedSamples: 100 + share * made,
      silentConcealedSamples: 50 + share * silent,
      totalSamplesReceived: 480_000 + share * 48_000,
      audioLevel: 0.25,
    },
    {
      id: "O",
      type: "outbound-rtp",
      kind: "audio",
      packetsSent: 300 + share * sent,
      bytesSent: 20_000 + share * 3_500,
    },
    {
      id: "R",
      type: "remote-inbound-rtp",
      kind: "audio",
      timestamp: 8_000,
      packetsLost: 2 + share * unheard,
      fractionLost: farLoss,
      jitter: farJitterMs / 1_000,
      roundTripTime: 0.3,
    },
    { id: "M", type: "media-source", kind: "audio", audioLevel: 0.5 },
  ];
  return [report(0), report(1)];
}

describe("callStats", () => {
  it("tells what an interval was like", () => {
    expect(callStats(...reports({ lost: 1, received: 49, made: 700, silent: 220 }))).toEqual({
      intervalMs: 1_000,
      roundTripMs: 40,
      incoming: {
        bitsPerSecond: 32_000,
        packetsLost: 1,
        lossRatio: 0.02,
        jitterMs: 5,
        audioLevel: 0.25,
        concealedRatio: 0.01,
      },
      outgoing: { bitsPerSecond: 28_000, packetsLost: 0, lossRatio: 0, jitterMs: 5, audioLevel: 0.5 },
      verdict: "fair",
      reason: "2 % of the sound from the other side is lost on the way.",
    });
  });

  it.each<[Second, Verdict, RegExp]>([
    [{}, "good", /^Sound arrives whole and in time\.$/],
    [{ lost: 1, received: 99 }, "good", /^Sound arrives/],
    [{ lost: 2, received: 98 }, "fair", /^2 % of the sound from the other side is lost/],
    [{ lost: 7, received: 93 }, "fair", /^7 %/],
    [{ lost: 8, received: 92 }, "poor", /^8 % of the sound from the other side/],
    [{ lost: 50, received: 0 }, "poor", /^100 %/],
    [{ farLoss: 0.02 }, "fair", /^2 % of the microphone's sound is lost/],
    [{ farLoss: 0.08 }, "poor", /^8 % of the microphone's/],
    // The other side tells of several seconds at once: 5 of 250 packets are 2 %, not 10 % of the last second's 50.
    [{ unheard: 5, sent: 50, farLoss: 0.02 }, "fair", /^2 % of the microphone's/],
    [{ received: 0 }, "unknown", /^Nothing comes from the other side\.$/],
    [{ made: 1_439 }, "good", /^Sound arrives/],
    [{ made: 1_440 }, "fair", /^3 % of the sound came too late or not at all/],
    [{ made: 4_800 }, "poor", /^10 % of the sound came/],
    // Silence that is made up in the place of silence is heard by nobody.
    [{ made: 9_600, silent: 9_600 }, "good", /^Sound arrives/],
    [{ roundTripMs: 299 }, "good", /^Sound arrives/],
    [{ roundTripMs: 300 }, "fair", /^There and back again takes 300 ms\.$/],
    [{ roundTripMs: 600 }, "poor", /takes 600 ms/],
    [{ jitterMs: 30 }, "fair", /^Sound arrives unevenly, by 30 ms\.$/],
    [{ jitterMs: 60 }, "poor", /by 60 ms/],
    [{ farJitterMs: 30 }, "fair", /^The microphone's sound arrives unevenly/],
    [{ farJitterMs: 61 }, "poor", /^The microphone's sound arrives unevenly, by 61 ms/],
    // The worst decides, whatever the order.
    [{ lost: 2, received: 98, farJitterMs: 80 }, "poor", /^The microphone's sound/],
    // Of equals the first.
    [{ roundTripMs: 400, jitterMs: 40 }, "fair", /^There and back/],
  ])("judges %j as %s", (second, verdict, reason) => {
    const stats = callStats(...reports(second));
    expect(stats.verdict).toBe(verdict);
    expect(stats.reason).toMatch(reason);
  });

  it("leaves open what nobody has measured", () => {
    const stats = callStats([], []);
    expect(stats).toMatchObject({
      intervalMs: 0,
      roundTripMs: undefined,
      incoming: { bitsPerSecond: 0, lossRatio: undefined, jitterMs: undefined, concealedRatio: undefined },
      outgoing: { lossRatio: undefined },
      verdict: "unknown",
      reason: "Nothing has been measured yet.",
    });
  });

  it("is poor where there is no connection, whatever the last figures say", () => {
    for (const state of ["disconnected", "failed", "connecting"] as const) {
      expect(callStats(...reports({}), state)).toMatchObject({
        verdict: "poor",
        reason: "There is no connection.",
      });
    }
    expect(callStats(...reports({}), "connected").verdict).toBe("good");
  });

  it("judges a call that only speaks by what the other side reports", () => {
    const [before, after] = reports({}).map((report) => report.filter(({ id }) => id !== "I"));
    expect(callStats(before ?? [], after ?? [])).toMatchObject({
      verdict: "good",
      incoming: { packetsLost: 0 },
    });
  });

  it("takes reports as getStats gives them", () => {
    const [before, after] = reports({ lost: 2, received: 98 }).map(
      // DOM's type of a report is a map without its making.
      (report) => new Map(report.map((entry) => [String(entry.id), entry])) as unknown as RTCStatsReport,
    );
    if (before === undefined || after === undefined) throw new Error("There are two reports.");
    expect(callStats(before, after)).toEqual(callStats(...reports({ lost: 2, received: 98 })));
  });

  it("knows a stream by its id, and adds up those of sound", () => {
    const [before, after] = reports({ lost: 1, received: 99 });
    const another = {
      id: "A",
      type: "inbound-rtp",
      kind: "audio",
      packetsReceived: 90,
      packetsLost: 10,
      jitter: 0.001,
    };
    const { incoming } = callStats(before, [another, ...after]);
    expect([incoming.packetsLost, incoming.lossRatio, incoming.jitterMs]).toEqual([11, 0.055, 5]);
  });

  it("takes no nonsense for a figure", () => {
    const odd = {
      id: "I",
      type: "inbound-rtp",
      kind: "audio",
      jitter: -1,
      packetsLost: -3,
      audioLevel: Number.NaN,
    };
    // As a careless program may hand them in.
    const holes = [null, undefined, odd] as unknown as StatsEntry[];
    expect(callStats(holes, holes).incoming).toEqual({
      bitsPerSecond: 0,
      packetsLost: 0,
      lossRatio: undefined,
      jitterMs: undefined,
      audioLevel: undefined,
      concealedRatio: undefined,
    });
  });

  it("counts from nothing where a report has more than the one before", () => {
    const [, after] = reports({});
    expect(callStats([], after).incoming.packetsLost).toBe(7);
  });

  it("counts nothing where counters begin anew, as after another negotiation", () => {
    const [before, after] = reports({ lost: 5 });
    const stats = callStats(after, before);
    expect([stats.incoming.packetsLost, stats.incoming.bitsPerSecond, stats.intervalMs]).toEqual([0, 0, 0]);
  });

  it("finds the pair in use where no transport names it, and the far side's figure where there is none", () => {
    const [before, after] = reports({});
    const without = after.filter(({ type }) => type !== "transport");
    expect(callStats(before, without).roundTripMs).toBe(9_000);
    const alone = without.filter(({ type }) => type !== "candidate-pair");
    expect(callStats(before, alone).roundTripMs).toBe(300);
  });

  it("changes nothing that it is given", () => {
    const [before, after] = reports({ lost: 3 });
    const copy = structuredClone([before, after]);
    callStats(before, after);
    expect([before, after]).toEqual(copy);
  });
});
