import { type MemoryConnection, memoryTransport, type Transport } from "@duologue/core";
import { type DtmfDigit, emulator, engine } from "@duologue/emulator";
import type { VirtualClock } from "@duologue/testing";
import type { Flow } from "./flow.ts";

/** The way to the service of a flow. */
export function serviceOf({ service, audio, kind, name, keys = [] }: Flow, clock: VirtualClock): Transport {
  const options = { seed: name, expireAfterMs: null, ...service };
  if (audio === "media") return withMediaTrack(options, clock, keys);
  return emulator({ ...options, clock, epochMs: () => clock.now() }).transport(kind && { kind });
}

/** What happens to a session, while the clock says when. */
type Untimed =
  | { readonly type: "tick" }
  | { readonly type: "frame"; readonly text: string }
  | { readonly type: "dtmf"; readonly digit: DtmfDigit };

/** A service whose sound is a media track, which nobody here listens to: its events are all there is to record. */
function withMediaTrack(
  { seed, ...settings }: Flow["service"],
  clock: VirtualClock,
  keys: NonNullable<Flow["keys"]>,
): Transport {
  const shared = engine({ ...settings, answers: "echo" });
  return memoryTransport({
    name: "emulator",
    audio: "media",
    accept(peer: MemoryConnection) {
      let state = shared.begin(seed ?? "");
      let cancel = () => {};
      const feed = (input: Untimed) => take(shared.step(state, { ...input, atMs: clock.now() }));
      const take = (step: ReturnType<typeof shared.step>) => {
        state = step.state;
        for (const output of step.outputs)
          if (output.type === "send") peer.send(JSON.stringify(output.event));
        cancel();
        const { wakeAtMs } = state;
        cancel = () => {};
        if (wakeAtMs !== undefined) {
          cancel = clock.after(Math.max(0, wakeAtMs - clock.now()), () => feed({ type: "tick" }));
        }
      };
      for (const { digit, atMs } of keys) clock.after(atMs, () => feed({ type: "dtmf", digit }));
      take(
        shared.step(state, {
          ...{ type: "opened", audio: "media", model: "gpt-realtime" },
          ...{ atMs: clock.now(), epochMs: clock.now() },
        }),
      );
      return { frame: (text) => feed({ type: "frame", text }), closed: () => cancel() };
    },
  });
}
