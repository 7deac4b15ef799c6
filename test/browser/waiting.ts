/**
 * How long a test waits for what happens elsewhere: many times as long as it takes, for machines that are busy or slow. A
 * test as a whole has twice as long, so that it is the wait that says what is missing.
 */
export const patienceMs = 60_000;

/** What comes of `promise`; where that takes too long, rejects with what was awaited: `a page to say hello`. */
export async function awaited<T>(what: string, promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(tooLong(what)), patienceMs);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves when `reached` holds, of something that tells nobody when it changes; rejects as `awaited`. */
export async function until(what: string, reached: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await reached())) {
    if (performance.now() > end) throw tooLong(what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function tooLong(what: string): Error {
  return new Error(`Waited ${patienceMs / 1000} s for ${what}.`);
}
