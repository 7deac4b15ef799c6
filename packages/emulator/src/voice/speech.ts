/**
 * Sound that is made no sooner than it is asked for: mono samples, always the same, for whatever part of it somebody asks
 * and in whichever order.
 */
export interface Speech {
  readonly sampleCount: number;
  /**
   * The samples from `start` up to, not including, `end`, both within the speech; nobody may change them. Must not throw:
   * that would end the session.
   */
  samples(start: number, end: number): Int16Array;
}

/** Whether a program that may not be in TypeScript gave a `Speech`. */
export function isSpeech(given: unknown): given is Speech {
  if (typeof given !== "object" || given === null) return false;
  if (!("sampleCount" in given && "samples" in given)) return false;
  const { sampleCount, samples } = given;
  return Number.isSafeInteger(sampleCount) && Number(sampleCount) >= 0 && typeof samples === "function";
}

/** Samples that are there. */
export function readySpeech(samples: Int16Array): Speech {
  return { sampleCount: samples.length, samples: (start, end) => samples.subarray(start, end) };
}

/**
 * Speech of so many samples that is made from its beginning on, as far as somebody asks and hardly further. `make` fills
 * what it is given, which is silence, and yields now and then how many samples are final.
 */
export function speechInTheMaking(
  sampleCount: number,
  make: (samples: Int16Array) => Iterator<number, unknown>,
): Speech {
  let whole: Int16Array | undefined;
  let making: Iterator<number, unknown> | undefined;
  let made = 0;
  return {
    sampleCount,
    samples(start, end) {
      whole ??= new Int16Array(sampleCount);
      making ??= make(whole);
      while (made < end) {
        const next = making.next();
        made = next.done === true ? sampleCount : next.value;
      }
      return whole.subarray(start, end);
    },
  };
}

/** So much is made in one go where nobody waits for it to be heard. */
const gatheredSamples = 6000;

/** All samples of a speech, made in pieces between which all else goes on. */
export async function gathered(speech: Speech): Promise<Int16Array> {
  for (let end = gatheredSamples; end < speech.sampleCount; end += gatheredSamples) {
    speech.samples(0, end);
    // It is the machine that does something else meanwhile, whatever a service's clock shows.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return speech.samples(0, speech.sampleCount);
}
