import type { Clock, Connection, Transport } from "@duologue/core";
import { type DirectionFaults, type FaultyTransport, faulty, legalOvertaking } from "@duologue/testing";

/** What a network does to what passes over it. */
export interface Weather {
  readonly sending?: DirectionFaults;
  readonly receiving?: DirectionFaults;
  readonly opening?: { readonly delayMs?: number; readonly refuseChance?: number };
  /** How long the server lets a session live, in milliseconds. Default: longer than any of these. */
  readonly expireAfterMs?: number;
  /** Whether all that is sent arrives, once, unchanged and in a legal order, as long as a link lives. */
  readonly isFaithful: boolean;
  /** Whether links live as long as the session wants them. */
  readonly isSteady: boolean;
}

const slow = { delayMs: 15, jitterMs: 40 };
const mayOvertake = legalOvertaking;
const good = { isFaithful: true, isSteady: true };

/** The kinds of weather, by name. */
export const weathers = {
  clear: good,
  slow: { ...good, sending: slow, receiving: slow },
  "out of order": {
    ...good,
    receiving: { delayMs: 5, chances: { hold: 0.15 }, holdMs: 200, mayOvertake },
  },
  narrow: { ...good, sending: { bytesPerSecond: 40_000 }, receiving: { bytesPerSecond: 60_000 } },
  cutting: {
    ...good,
    isSteady: false,
    sending: { ...slow, chances: { cut: 0.02 } },
    receiving: { ...slow, chances: { cut: 0.01 } },
    opening: { delayMs: 10, refuseChance: 0.2 },
  },
  expiring: { ...good, isSteady: false, expireAfterMs: 2_500, receiving: slow },
  lossy: {
    isFaithful: false,
    isSteady: true,
    sending: { chances: { drop: 0.05, duplicate: 0.05 } },
    receiving: { ...slow, chances: { drop: 0.03, duplicate: 0.05 } },
  },
  "half open": {
    isFaithful: false,
    isSteady: false,
    sending: { chances: { halfOpen: 0.03 } },
    receiving: { ...slow, chances: { halfOpen: 0.005 } },
  },
  garbage: {
    isFaithful: false,
    isSteady: true,
    sending: { chances: { garbage: 0.05 } },
    receiving: { chances: { garbage: 0.1 } },
  },
  storm: {
    isFaithful: false,
    isSteady: false,
    sending: { ...slow, chances: { drop: 0.02, duplicate: 0.02, garbage: 0.02, cut: 0.01, halfOpen: 0.005 } },
    receiving: {
      ...slow,
      chances: { drop: 0.02, duplicate: 0.02, garbage: 0.03, cut: 0.005, halfOpen: 0.003, hold: 0.1 },
      mayOvertake,
    },
    opening: { delayMs: 20, refuseChance: 0.3 },
  },
} as const satisfies Record<string, Weather>;

/** The name of a kind of weather. */
export type WeatherName = keyof typeof weathers;

const names = Object.keys(weathers);

/** The weather of a session: each kind has its turn. */
export function weatherOf(seed: number): WeatherName {
  // The keys of the table above.
  return names[seed % names.length] as WeatherName;
}

/** A network of this weather around a transport. What sinks throw goes to `onSinkError`. */
export function network<C extends Connection>(
  inner: Transport<C>,
  name: WeatherName,
  seed: number,
  clock: Clock,
  onSinkError: (error: unknown) => void,
): FaultyTransport<C> {
  const { isFaithful: _, isSteady: __, expireAfterMs: ___, ...faults }: Weather = weathers[name];
  return faulty(inner, { seed, clock, onSinkError, ...faults });
}
