/** One object of a report of `RTCPeerConnection.getStats`. */
export interface StatsEntry {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What `RTCPeerConnection.getStats` resolves with, or the objects of it. */
export type StatsReport = RTCStatsReport | Iterable<StatsEntry>;

/** How sound fares in one direction, over an interval. What nobody has measured is `undefined`. */
export interface SoundStats {
  readonly bitsPerSecond: number;
  /** Those that became known in the interval. */
  readonly packetsLost: number;
  /** Of the packets of the interval, 0 to 1; of those that we send, since the other side's last report but one. */
  readonly lossRatio: number | undefined;
  /** How unevenly packets arrive, in milliseconds: RFC 3550, section 6.4.1. */
  readonly jitterMs: number | undefined;
  /** The root of the mean square of the samples, 0 to 1. */
  readonly audioLevel: number | undefined;
}

/** How a call fares, over an interval. */
export interface CallStats {
  readonly intervalMs: number;
  /** There and back again, in milliseconds. */
  readonly roundTripMs: number | undefined;
  /** What we hear. `concealedRatio`: the part of it, 0 to 1, that was made up in the place of sound that did not come. */
  readonly incoming: SoundStats & { readonly concealedRatio: number | undefined };
  /** What we say. Loss and jitter are as the other side reports them, every few seconds. */
  readonly outgoing: SoundStats;
  /**
   * `good`: nobody notices anything. `fair`: one can hear it. `poor`: words get lost, or answers come late. `unknown`:
   * nothing came from the other side by which it could be judged.
   */
  readonly verdict: Verdict;
  /** Why, as a sentence to show. */
  readonly reason: string;
}

/** What a person is told of a call. */
export type Verdict = "good" | "fair" | "poor" | "unknown";

/** From where on a value is fair and poor, and the sentence about it. The worst value decides, of equals the first. */
interface Criterion {
  readonly value: number | undefined;
  readonly fair: number;
  readonly poor: number;
  readonly sentence: (value: number) => string;
}

const percent = (ratio: number) => `${Math.round(ratio * 1_000) / 10} %`;
const ms = (value: number) => `${Math.round(value)} ms`;

/**
 * How a call fared between two reports of `getStats`, the earlier one first. Pure: the same reports give the same
 * figures. `connection` is the peer's `connectionState`, where it is known.
 *
 * The verdict is `poor` where the call is not connected, 8 % of the packets of a direction are lost, 10 % of the sound is
 * made up, packets arrive uneven by 60 ms or the round trip takes 600 ms; `fair` from 2 %, 3 %, 30 ms and 300 ms on:
 * 150 ms one way are what ITU-T G.114 recommends at most.
 */
export function callStats(
  before: StatsReport,
  after: StatsReport,
  connection: RTCPeerConnectionState = "connected",
): CallStats {
  const [old, now] = [entries(before), entries(after)];
  const nameOf = ({ type, id }: StatsEntry) => `${type} ${id}`;
  const known = new Map(old.map((entry) => [nameOf(entry), entry]));
  const sound = (type: string) =>
    now.filter((entry) => entry.type === type && (entry.kind ?? "audio") === "audio");
  /** Over all streams of sound; one that is new counts from nothing. */
  const grown = (type: string, field: string) =>
    sound(type).reduce((sum, entry) => {
      const growth = (number(entry[field]) ?? 0) - (number(known.get(nameOf(entry))?.[field]) ?? 0);
      return sum + Math.max(0, growth);
    }, 0);
  /** The worst of all streams of sound. */
  const current = (type: string, field: string) =>
    sound(type).reduce<number | undefined>((most, entry) => {
      const value = number(entry[field]);
      return value === undefined ? most : Math.max(most ?? 0, value);
    }, undefined);
  const inMs = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1_000);

  const intervalMs = Math.max(0, time(now) - time(old));
  const rate = (bytes: number) => (intervalMs === 0 ? 0 : Math.round((bytes * 8_000) / intervalMs));
  const received = grown("inbound-rtp", "packetsReceived");
  const missed = grown("inbound-rtp", "packetsLost");
  const audible = grown("inbound-rtp", "concealedSamples") - grown("inbound-rtp", "silentConcealedSamples");
  const played = grown("inbound-rtp", "totalSamplesReceived");

  const incoming = {
    bitsPerSecond: rate(grown("inbound-rtp", "bytesReceived")),
    packetsLost: missed,
    lossRatio: ratio(missed, received + missed),
    jitterMs: inMs(current("inbound-rtp", "jitter")),
    audioLevel: current("inbound-rtp", "audioLevel"),
    concealedRatio: ratio(Math.max(0, audible), played),
  };
  const outgoing = {
    bitsPerSecond: rate(grown("outbound-rtp", "bytesSent")),
    packetsLost: grown("remote-inbound-rtp", "packetsLost"),
    // The other side tells it every few seconds, for the time since it told it last: RFC 3550, section 6.4.1.
    lossRatio: current("remote-inbound-rtp", "fractionLost"),
    jitterMs: inMs(current("remote-inbound-rtp", "jitter")),
    audioLevel: current("media-source", "audioLevel"),
  };
  const roundTripMs =
    inMs(number(selectedPair(now)?.currentRoundTripTime)) ??
    inMs(current("remote-inbound-rtp", "roundTripTime"));

  const criteria: readonly Criterion[] = [
    {
      value: incoming.lossRatio,
      fair: 0.02,
      poor: 0.08,
      sentence: (value) => `${percent(value)} of the sound from the other side is lost on the way.`,
    },
    {
      value: outgoing.lossRatio,
      fair: 0.02,
      poor: 0.08,
      sentence: (value) => `${percent(value)} of the microphone's sound is lost on the way.`,
    },
    {
      value: incoming.concealedRatio,
      fair: 0.03,
      poor: 0.1,
      sentence: (value) => `${percent(value)} of the sound came too late or not at all and was made up.`,
    },
    {
      value: roundTripMs,
      fair: 300,
      poor: 600,
      sentence: (value) => `There and back again takes ${ms(value)}.`,
    },
    {
      value: incoming.jitterMs,
      fair: 30,
      poor: 60,
      sentence: (value) => `Sound arrives unevenly, by ${ms(value)}.`,
    },
    {
      value: outgoing.jitterMs,
      fair: 30,
      poor: 60,
      sentence: (value) => `The microphone's sound arrives unevenly, by ${ms(value)}.`,
    },
  ];
  // Where we hear nothing at all, and are not meant to, it is enough that the other side hears us.
  const isHeard = sound("inbound-rtp").length === 0 && outgoing.lossRatio !== undefined;
  const arrives = received > 0 || isHeard;
  const verdict =
    connection === "connected"
      ? judged(criteria, arrives)
      : { verdict: "poor" as const, reason: "There is no connection." };
  return { intervalMs, roundTripMs, incoming, outgoing, ...verdict };
}

function judged(criteria: readonly Criterion[], arrives: boolean): Pick<CallStats, "verdict" | "reason"> {
  for (const verdict of ["poor", "fair"] as const) {
    for (const { value, sentence, ...bounds } of criteria) {
      if (value !== undefined && value >= bounds[verdict]) return { verdict, reason: sentence(value) };
    }
  }
  if (arrives) return { verdict: "good", reason: "Sound arrives whole and in time." };
  const isMeasured = criteria.some(({ value }) => value !== undefined);
  const reason = isMeasured ? "Nothing comes from the other side." : "Nothing has been measured yet.";
  return { verdict: "unknown", reason };
}

/** A report is a map whose values are such entries; DOM's types leave them open. */
function entries(report: StatsReport): readonly StatsEntry[] {
  const all: Iterable<StatsEntry> = "forEach" in report ? report.values() : report;
  return [...all].filter((entry) => typeof entry === "object" && entry !== null);
}

/** The pair of addresses that is in use: the transport names it, and Firefox marks it instead. */
function selectedPair(report: readonly StatsEntry[]): StatsEntry | undefined {
  const id = report.find(({ type }) => type === "transport")?.selectedCandidatePairId;
  return report.find(
    (entry) =>
      entry.type === "candidate-pair" &&
      (id === undefined ? entry.selected === true || entry.nominated === true : entry.id === id),
  );
}

/** When a report was made, in milliseconds. Some entries tell of an earlier moment: the newest counts. */
function time(report: readonly StatsEntry[]): number {
  return report.reduce((latest, { timestamp }) => Math.max(latest, number(timestamp) ?? 0), 0);
}

function ratio(part: number, whole: number): number | undefined {
  return whole <= 0 ? undefined : Math.min(1, part / whole);
}

/** All that is measured is 0 or more. */
function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}
