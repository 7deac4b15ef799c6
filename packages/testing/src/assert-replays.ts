import { systemClock, type Transport } from "@duologue/core";
import type { WireEvent } from "@duologue/protocol";
import type { Difference } from "./strict/difference.ts";
import { defaultPatienceMs, type StrictReplayOptions, strictReplay } from "./strict-replay.ts";

/** What `assertReplays` runs, against what. */
export interface AssertReplaysOptions<C extends WireEvent, S extends WireEvent>
  extends StrictReplayOptions<C, S> {
  /**
   * The program that is to do again what was recorded: it opens sessions on `transport`, and is over when its promise
   * is settled. It should close what it opened.
   */
  readonly program: (transport: Transport) => Promise<void>;
}

/** A program that did not do what was recorded. Its message tells where, with the recording around it. */
export class ReplayDifference extends Error {
  override readonly name = "ReplayDifference";
  readonly difference: Difference;

  constructor(difference: Difference, cause?: unknown) {
    super(difference.message, cause === undefined ? {} : { cause });
    this.difference = difference;
  }
}

/**
 * Runs a program against the server of a recording, for any test runner: resolves when it has sent what was recorded,
 * and everything of it. Rejects with a `ReplayDifference` at the first command that differs, or that does not come
 * within `patienceMs`; with what the program itself throws; and with a plain `Error` where the recording is of another
 * protocol or has lines that cannot be read, before the program is run, and where the recording is over for so long
 * while the program still runs.
 *
 * A program that has a player, or whose user barges in, does at the recorded times alone what it did: it needs `pace`,
 * and the same clock for itself.
 *
 * ```ts
 * it("greets", () => assertReplays({ recording, protocol: openaiRealtime, program: (transport) => greet(transport) }));
 * ```
 */
export async function assertReplays<C extends WireEvent, S extends WireEvent>(
  options: AssertReplaysOptions<C, S>,
): Promise<void> {
  const { program, patienceMs = defaultPatienceMs } = options;
  const clock = options.clock ?? options.pace ?? systemClock();
  const strict = strictReplay(options);
  const running = program(strict.transport);
  // Once the client has left the recording, what becomes of the program is of no interest.
  running.catch(() => {});
  const left = strict.differed.then((difference) => {
    throw new ReplayDifference(difference);
  });
  left.catch(() => {});
  let cancel = () => {};
  const endless = strict.played.then(
    () =>
      new Promise<never>((_, reject) => {
        const message = `The recording was played to its end, and ${patienceMs} ms later the program still waits for more.`;
        cancel = clock.after(patienceMs, () => reject(new Error(message)));
      }),
  );
  endless.catch(() => {});
  try {
    await Promise.race([running, left, endless]);
  } catch (error) {
    if (strict.difference === undefined || error instanceof ReplayDifference) throw error;
    throw new ReplayDifference(strict.difference, error);
  } finally {
    cancel();
  }
  const difference = strict.finish();
  if (difference !== undefined) throw new ReplayDifference(difference);
}
