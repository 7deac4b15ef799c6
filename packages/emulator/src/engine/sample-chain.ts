/**
 * Samples in the order in which they came, as an immutable chain of chunks: the last chunk and all before it.
 * Adding a chunk leaves the shorter chain as it was, and copies nothing but crumbs. `undefined` is the empty chain.
 */
export type SampleChain =
  | { readonly last: Int16Array; readonly before: SampleChain; readonly sampleCount: number }
  | undefined;

const crumbSamples = 240;

/** A chain with one more chunk at its end. The chunk must not be changed afterwards. */
export function withSamples(chain: SampleChain, samples: Int16Array): SampleChain {
  if (samples.length === 0) return chain;
  // Crumbs are put together, or the chain would be heavier than what it holds.
  if (chain !== undefined && chain.last.length + samples.length <= crumbSamples) {
    const { last, before } = chain;
    const joined = new Int16Array(last.length + samples.length);
    joined.set(last);
    joined.set(samples, last.length);
    return { last: joined, before, sampleCount: chain.sampleCount + samples.length };
  }
  return { last: samples, before: chain, sampleCount: sampleCountOf(chain) + samples.length };
}

/** How many samples a chain holds. */
export function sampleCountOf(chain: SampleChain): number {
  return chain?.sampleCount ?? 0;
}

/** The samples from `start` up to, not including, `end`, in one array. Bounds outside the chain are moved to it. */
export function samplesOf(chain: SampleChain, start = 0, end = sampleCountOf(chain)): Int16Array {
  const from = Math.max(0, start);
  const to = Math.min(end, sampleCountOf(chain));
  const samples = new Int16Array(Math.max(0, to - from));
  for (let link = chain; link !== undefined && link.sampleCount > from; link = link.before) {
    const linkStart = link.sampleCount - link.last.length;
    if (linkStart >= to) continue;
    const piece = link.last.subarray(Math.max(0, from - linkStart), to - linkStart);
    samples.set(piece, Math.max(0, linkStart - from));
  }
  return samples;
}

/** The chain without its first `sampleCount` samples. Of the chunks that stay, only the one that is cut is copied. */
export function withoutFirst(chain: SampleChain, sampleCount: number): SampleChain {
  if (sampleCount <= 0) return chain;
  const kept: Int16Array[] = [];
  for (let link = chain; link !== undefined && link.sampleCount > sampleCount; link = link.before) {
    const linkStart = link.sampleCount - link.last.length;
    kept.push(linkStart >= sampleCount ? link.last : link.last.slice(sampleCount - linkStart));
  }
  return kept.reduceRight<SampleChain>(withSamples, undefined);
}
