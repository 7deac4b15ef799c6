import type { CallLink, CallMedium, CallSession } from "@duologue/emulator/node";

/** One call as it is at the emulator. */
interface TappedCall {
  readonly link: CallLink;
  readonly session: CallSession;
  /** The loudest sample of each piece of sound that came, in order. */
  readonly heard: readonly number[];
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
        const session = open(link);
        const heard: number[] = [];
        const ended = Promise.withResolvers<void>();
        calls.push({ link, session, heard, ended: ended.promise });
        return {
          ...session,
          microphone(samples) {
            heard.push(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
            session.microphone(samples);
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
