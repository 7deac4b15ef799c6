import { type MemoryConnection, memoryTransport, type Transport } from "@duologue/core";
import type { SessionKind } from "../engine/engine-input.ts";
import { type EmulatorOptions, sessions } from "./sessions.ts";

/** A Realtime service inside this program. */
export interface Emulator {
  /**
   * A way to it: each `open` is a session of its own, which begins with `session.created` and ends with its
   * connection. Speech travels as events. `model` is what the session reports, default `gpt-realtime`, and `kind` what
   * it does: it converses, unless told to transcribe or to translate.
   */
  transport(options?: { readonly model?: string; readonly kind?: SessionKind }): Transport<MemoryConnection>;
}

/** Frames of the service may be large: `conversation.item.retrieved` carries all the sound of an item. */
const maxFrameBytes = 256 * 1024 * 1024;

/**
 * A Realtime service without network, key or cost, on the given clock. An open session keeps one timer running; close
 * its connection to stop it. Throws a `RangeError` for options that make no sense, and a `TypeError` for a scenario that
 * is none.
 */
export function emulator(options: EmulatorOptions = {}): Emulator {
  const { open } = sessions(options);
  return {
    transport: ({ model = "gpt-realtime", kind = "realtime" } = {}) =>
      memoryTransport({
        name: "emulator",
        maxFrameBytes,
        accept(peer) {
          const session = open(
            {
              send: (frame) => peer.send(frame),
              close: (code, reason) => void peer.close({ code, reason }),
              cut: () => peer.break(),
            },
            { model, kind },
          );
          return { frame: session.frame, closed: session.end };
        },
      }),
  };
}
