import type { CallLink, CallMedium, CallSession } from "@duologue/emulator/node";
import { awaited } from "../waiting.ts";

/** One call as it is at the emulator. */
interface TappedCall {
  readonly link: CallLink;
  readonly session: CallSession;
  /** Of the session, once it has told it. */
  readonly sessionId: string | undefined;
  /** The sound that came, in order: mono samples at 24 kHz. */
  readonly pieces: readonly Int16Array[];
  /** The loudest sample of each piece. */
  readonly heard: readonly number[];
  /** Resolves when what was heard so far is so; looked at with each piece. `what` says it in words. */
  hears(what: string, isSo: (heard: readonly number[]) => boolean): Promise<void>;
  readonly ended: Promise<void>;
}

/** A medium that tells what its calls hear. */
export interface TappedMedium extends CallMedium {
  readonly calls: readonly TappedCall[];
}

export function tappedMedium(inner: CallMedium): TappedMedium {
  const calls: TappedCall[] = [];
  return {
    calls,
    answer: (offerSdp, open) =>
      inner.answer(offerSdp, (link) => {
        let sessionId: string | undefined;
        const session = open({
          ...link,
          send(frame, event) {
            if (event?.type === "session.created") sessionId = event.session.id;
            link.send(frame, event);
          },
        });
        const pieces: Int16Array[] = [];
        const heard: number[] = [];
        const watchers = new Set<() => void>();
        const ended = Promise.withResolvers<void>();
        calls.push({
          link,
          session,
          get sessionId() {
            return sessionId;
          },
          pieces,
          heard,
          hears(what, isSo) {
            const { promise, resolve } = Promise.withResolvers<void>();
            const look = () => isSo(heard) && resolve();
            watchers.add(look);
            look();
            return awaited(`a call to hear ${what}`, promise).finally(() => watchers.delete(look));
          },
          ended: ended.promise,
        });
        return {
          ...session,
          microphone(samples) {
            pieces.push(samples.slice());
            heard.push(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
            session.microphone(samples);
            for (const look of watchers) look();
          },
          end() {
            session.end();
            ended.resolve();
          },
        };
      }),
    close: () => inner.close(),
  };
}
