import type { Clock, Connection, Transport } from "@duologue/core";
import type { virtualClock } from "@duologue/testing";

/** Frames that crossed a link, as one end counts them. */
export interface Traffic {
  readonly sent: number;
  readonly received: number;
}

/** How far virtual time goes between two looks at the link. */
const stepMs = 10;

/**
 * Runs a program on virtual time over a real link. Time moves only while no frame is under way, so that a network
 * that takes microseconds or milliseconds makes no difference to what happens.
 */
export async function inVirtualTime<T>(
  transport: Transport<Connection>,
  peer: { readonly traffic: Traffic },
  clock: ReturnType<typeof virtualClock>,
  run: (transport: Transport<Connection>, clock: Clock) => Promise<T>,
): Promise<T> {
  const ours = { sent: 0, received: 0 };
  let busy = 0;
  let running = true;
  const result = run(
    metered(transport, ours, (change) => {
      busy += change;
    }),
    clock,
  ).finally(() => {
    running = false;
  });
  // Whoever awaits this is told; until then it is nobody's.
  result.catch(() => {});
  const quiet = () =>
    busy === 0 && ours.sent === peer.traffic.received && ours.received === peer.traffic.sent;
  while (running) {
    do await new Promise((resolve) => setImmediate(resolve));
    while (running && !quiet());
    if (running) await clock.advance(stepMs);
  }
  return result;
}

/** The same transport; it counts frames, and tells when it begins and ends to dial or to close. */
function metered(
  inner: Transport<Connection>,
  traffic: { sent: number; received: number },
  busy: (change: 1 | -1) => void,
): Transport<Connection> {
  async function during<T>(action: Promise<T>): Promise<T> {
    busy(1);
    try {
      return await action;
    } finally {
      busy(-1);
    }
  }
  return {
    name: inner.name,
    audio: inner.audio,
    async open(sink, options) {
      const opened = inner.open(
        {
          frame(text) {
            traffic.received++;
            sink.frame(text);
          },
          closed(info) {
            // Nothing is under way any more, whatever the counts say.
            busy(-1);
            sink.closed(info);
            busy(1);
          },
        },
        options,
      );
      const connection = await during(opened);
      return {
        send(frame) {
          connection.send(frame);
          traffic.sent++;
        },
        get bufferedAmount() {
          return connection.bufferedAmount;
        },
        maxFrameBytes: connection.maxFrameBytes,
        close: (info) => during(connection.close(info)),
      };
    },
  };
}
