// Generated. Do not edit: change the worklets and run `node scripts/generate/main.ts`.
// Made by scripts/generate/worklet-source.ts from packages/audio/src/worklet/**/*.ts.

// The module of the audio thread, to be served as it is.

// @ts-nocheck

// ../pcm16.ts
function float32ToPcm16(samples) {
  const converted = new Int16Array(samples.length);
  samples.forEach((sample, index) => {
    converted[index] = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
  });
  return converted;
}
function pcm16ToFloat32(samples) {
  const converted = new Float32Array(samples.length);
  samples.forEach((sample, index) => {
    converted[index] = sample / 32768;
  });
  return converted;
}

// ../resample.ts
var zeroCrossings = 32;
var stopBandDb = 80;
var kaiserBeta = 0.1102 * (stopBandDb - 8.7);
var fall = (stopBandDb - 8) / (2.285 * 2 * zeroCrossings * Math.PI);
var mostFilters = 512;
var lowestRateHz = 4e3;
var highestRateHz = 384e3;
function resampler({ inputRateHz, outputRateHz }) {
  for (const rate of [inputRateHz, outputRateHz]) {
    if (!(Number.isInteger(rate) && rate >= lowestRateHz && rate <= highestRateHz)) {
      const wanted = `a whole number from ${lowestRateHz} to ${highestRateHz}`;
      throw new RangeError(`a sample rate of ${rate} Hz cannot be converted; ${wanted} is wanted`);
    }
  }
  if (inputRateHz === outputRateHz)
    return { push: (samples) => samples.slice(), flush: () => new Int16Array(0) };
  const divisor = greatestCommonDivisor(inputRateHz, outputRateHz);
  const phases = outputRateHz / divisor;
  const stride = inputRateHz / divisor;
  const ratio = Math.min(1, outputRateHz / inputRateHz);
  const bandwidth = ratio * (1 - fall / 2);
  const reach = Math.ceil(zeroCrossings / bandwidth);
  const filterAt = filterBank(reach, bandwidth, phases, Math.ceil(mostFilters * ratio));
  let held = new Int16Array(reach - 1);
  let phase = 0;
  let taken = 0;
  let given = 0;
  const convert = (samples, most) => {
    const input = new Int16Array(held.length + samples.length);
    input.set(held);
    input.set(samples, held.length);
    const ready = Math.ceil(((input.length - 2 * reach + 1) * phases - phase) / stride);
    const output = new Int16Array(Math.max(0, Math.min(ready, most)));
    let at = 0;
    for (let index = 0; index < output.length; index++) {
      const filter = filterAt(phase);
      let sum = 0;
      for (let tap = 0; tap < filter.length; tap++) sum += (filter[tap] ?? 0) * (input[at + tap] ?? 0);
      output[index] = Math.max(-32768, Math.min(32767, Math.round(sum)));
      const next = phase + stride;
      at += Math.floor(next / phases);
      phase = next % phases;
    }
    held = input.slice(at);
    given += output.length;
    return output;
  };
  return {
    push(samples) {
      taken += samples.length;
      return convert(samples, Number.POSITIVE_INFINITY);
    },
    flush() {
      const total = Math.ceil((taken * phases) / stride);
      const rest = convert(new Int16Array(reach + 1), total - given);
      held = new Int16Array(reach - 1);
      phase = taken = given = 0;
      return rest;
    },
  };
}
function filterBank(reach, bandwidth, phases, most) {
  const steps = Math.min(phases, most);
  const filters = [];
  const filter = (step) => {
    filters[step] ??= lowPass(reach, bandwidth, step / steps);
    return filters[step];
  };
  if (steps === phases) return filter;
  const between = new Float64Array(2 * reach);
  return (phase) => {
    const place = (phase * steps) / phases;
    const step = Math.floor(place);
    const share = place - step;
    const [below, above] = [filter(step), filter(step + 1)];
    for (let tap = 0; tap < between.length; tap++) {
      const weight = below[tap] ?? 0;
      between[tap] = weight + share * ((above[tap] ?? 0) - weight);
    }
    return between;
  };
}
function lowPass(reach, bandwidth, fraction) {
  const weights = new Float64Array(2 * reach);
  let sum = 0;
  for (let tap = 0; tap < weights.length; tap++) {
    const distance = (tap - (reach - 1) - fraction) * bandwidth;
    const inside = 1 - (distance / zeroCrossings) ** 2;
    const weight = inside <= 0 ? 0 : sinc(distance) * bessel(kaiserBeta * Math.sqrt(inside));
    weights[tap] = weight;
    sum += weight;
  }
  return weights.map((weight) => weight / sum);
}
function sinc(x) {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
function bessel(x) {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
function greatestCommonDivisor(a, b) {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

// capture.ts
function capture(options) {
  const { inputRateHz, sampleRateHz, frameSamples, emit } = options;
  const converter = resampler({ inputRateHz, outputRateHz: sampleRateHz });
  let frame = new Int16Array(frameSamples);
  let filled = 0;
  let isMuted = options.muted;
  let isClosed = false;
  let mutes = 0;
  let mutesAtStart = 0;
  const push = (samples) => {
    for (let at = 0; at < samples.length; ) {
      if (filled === 0) mutesAtStart = mutes;
      const piece = samples.subarray(at, at + frameSamples - filled);
      frame.set(piece, filled);
      filled += piece.length;
      at += piece.length;
      if (filled < frameSamples) return;
      emit({ samples: frame, mutes: mutesAtStart });
      frame = new Int16Array(frameSamples);
      filled = 0;
    }
  };
  return {
    tell(message) {
      if (message.type === "close") {
        isClosed = true;
        return;
      }
      if (message.mutes > mutes) push(converter.flush());
      isMuted = message.muted;
      mutes = message.mutes;
    },
    take(input, blockLength) {
      if (isClosed) return false;
      const isSilent = isMuted || input === void 0;
      push(converter.push(isSilent ? new Int16Array(blockLength) : float32ToPcm16(input)));
      return true;
    },
  };
}

// messages.ts
var captureProcessor = "duologue-capture-1";
var playbackProcessor = "duologue-playback-1";
var flushesParameter = "flushes";
var fadeSamples = 128;

// ../gain.ts
function fadeOut(samples, fadeSamples2) {
  return scaled(samples, (index) => fadeFactor(samples.length - 1 - index, fadeSamples2));
}
function fadeFactor(index, fadeSamples2) {
  return index >= fadeSamples2 ? 1 : index / fadeSamples2;
}
function scaled(samples, factor) {
  return Int16Array.from(samples, (sample, index) =>
    Math.max(-32768, Math.min(32767, Math.round(sample * factor(index)))),
  );
}

// ../playback-account.ts
function playbackAccount({ sampleRateHz }) {
  if (!(sampleRateHz > 0)) throw new RangeError(`a sample rate of ${sampleRateHz} Hz is no rate`);
  const open = /* @__PURE__ */ new Map();
  const closed = /* @__PURE__ */ new Set();
  let head;
  let tail;
  let frontier;
  let queued = 0;
  let playable = 0;
  let discarded = 0;
  let reports = [];
  const report = (type, { key, heard }) => ({
    type,
    itemId: key.itemId,
    contentIndex: key.contentIndex,
    heardSamples: heard,
    heardMs: (heard * 1e3) / sampleRateHz,
  });
  const note = (type, part) => {
    const newest = reports.at(-1);
    if (newest?.type === "progress" && isSame(newest, part.key)) reports.pop();
    reports.push(report(type, part));
  };
  const settle = () => {
    while (head?.ended && head.waiting === 0) {
      note("finished", head);
      open.delete(partName(head.key));
      head = head.next;
    }
    if (head === void 0) tail = void 0;
  };
  const append = ({ itemId, contentIndex }) => {
    const part = {
      key: { itemId, contentIndex },
      waiting: 0,
      heard: 0,
      ended: false,
      next: void 0,
    };
    open.set(partName(part.key), part);
    if (tail === void 0) head = part;
    else tail.next = part;
    tail = part;
    frontier ??= part;
    return part;
  };
  return {
    enqueue(key, sampleCount) {
      const name = partName(key);
      if (closed.has(name)) {
        discarded += sampleCount;
        return false;
      }
      const part = open.get(name) ?? append(key);
      part.waiting += sampleCount;
      queued += sampleCount;
      if (part === frontier) playable += sampleCount;
      return true;
    },
    end(key) {
      const name = partName(key);
      const part = open.get(name);
      closed.add(name);
      if (part === void 0 || part.ended) return false;
      part.ended = true;
      if (part === frontier) {
        do {
          frontier = frontier.next;
          playable += frontier?.waiting ?? 0;
        } while (frontier?.ended);
      }
      settle();
      return true;
    },
    play(sampleCount, piece) {
      let played = 0;
      while (head !== void 0 && played < sampleCount) {
        const part = head;
        const share = Math.min(part.waiting, sampleCount - played);
        part.waiting -= share;
        part.heard += share;
        played += share;
        if (share > 0) {
          piece?.(part.key, share);
          note("progress", part);
        }
        settle();
        if (head === part) break;
      }
      queued -= played;
      playable -= played;
      return played;
    },
    flush() {
      const flushed = [];
      for (let part = head; part !== void 0; part = part.next) {
        flushed.push(report("flushed", part));
        closed.add(partName(part.key));
      }
      reports = reports.filter((earlier) => !open.has(partName(earlier)));
      discarded += queued;
      open.clear();
      head = tail = frontier = void 0;
      queued = playable = 0;
      return flushed;
    },
    drainReports() {
      const drained = reports;
      reports = [];
      return drained;
    },
    get queuedSamples() {
      return queued;
    },
    get playableSamples() {
      return playable;
    },
    get discardedSamples() {
      return discarded;
    },
  };
}
function partName({ itemId, contentIndex }) {
  return `${contentIndex} ${itemId}`;
}
function isSame(a, b) {
  return a.itemId === b.itemId && a.contentIndex === b.contentIndex;
}

// ../playback-queue.ts
function playbackQueue(options) {
  const account = playbackAccount(options);
  const chains = /* @__PURE__ */ new Map();
  const append = (key, samples) => {
    const chunk = { samples, next: void 0 };
    const chain = chains.get(partName(key));
    if (chain === void 0) {
      chains.set(partName(key), { first: chunk, last: chunk, offset: 0 });
    } else {
      chain.last.next = chunk;
      chain.last = chunk;
    }
  };
  const take = (key, sampleCount, target, at) => {
    const chain = chains.get(partName(key));
    for (let taken = 0; chain !== void 0 && taken < sampleCount; ) {
      const { samples, next } = chain.first;
      const piece = samples.subarray(chain.offset, chain.offset + sampleCount - taken);
      target.set(piece, at + taken);
      taken += piece.length;
      chain.offset += piece.length;
      if (chain.offset < samples.length) continue;
      if (next === void 0) chains.delete(partName(key));
      else chain.first = next;
      chain.offset = 0;
    }
  };
  const fill = (target) => {
    let filled = 0;
    account.play(target.length, (key, sampleCount) => {
      take(key, sampleCount, target, filled);
      filled += sampleCount;
    });
    target.fill(0, filled);
    return filled;
  };
  return {
    enqueue(key, samples) {
      const isTaken = account.enqueue(key, samples.length);
      if (isTaken && samples.length > 0) append(key, samples.slice());
      return isTaken;
    },
    end: (key) => account.end(key),
    fill,
    pull(sampleCount) {
      const samples = new Int16Array(sampleCount);
      fill(samples);
      return samples;
    },
    flush() {
      chains.clear();
      return account.flush();
    },
    drainReports: () => account.drainReports(),
    get queuedSamples() {
      return account.queuedSamples;
    },
    get playableSamples() {
      return account.playableSamples;
    },
    get discardedSamples() {
      return account.discardedSamples;
    },
  };
}

// playback.ts
function playback({ sampleRateHz, reportEveryMs, post }) {
  const queue = playbackQueue({ sampleRateHz });
  const reportFrames = (sampleRateHz * reportEveryMs) / 1e3;
  let tail = new Int16Array(0);
  let flushes = 0;
  let played = 0;
  let playing = false;
  let isClosed = false;
  let postedFrame = 0;
  let nextFrame = 0;
  let squares = 0;
  let squared = 0;
  const say = (frame) => {
    post({ flushes, frame, played, playing, level: squared === 0 ? 0 : Math.sqrt(squares / squared) });
    postedFrame = frame;
    squares = squared = 0;
    queue.drainReports();
  };
  const stop = (frame) => {
    playing = false;
    say(frame);
  };
  const fill = (samples) => {
    const rest = tail.subarray(0, samples.length);
    samples.set(rest);
    tail = tail.slice(rest.length);
    return rest.length + queue.fill(samples.subarray(rest.length));
  };
  const flush = () => {
    if (playing && tail.length === 0) {
      const cut = queue.pull(Math.min(fadeSamples, queue.playableSamples));
      tail = fadeOut(cut, cut.length);
    }
    queue.flush();
    played = -tail.length;
  };
  const catchUp = (wanted) => {
    if (wanted <= flushes) return;
    flushes = wanted;
    flush();
  };
  return {
    tell(message) {
      if (message.type === "close") {
        isClosed = true;
        return;
      }
      if (message.flushes < flushes) return;
      catchUp(message.flushes);
      if (message.type === "end") queue.end(message.key);
      else queue.enqueue(message.key, message.samples);
    },
    render(block, frameAsTold, wanted) {
      if (isClosed) return false;
      catchUp(wanted);
      const frame = Math.max(frameAsTold, nextFrame);
      if (playing && frame > nextFrame) stop(nextFrame);
      nextFrame = frame + block.length;
      if (!playing && tail.length === 0 && queue.playableSamples === 0) return true;
      const samples = new Int16Array(block.length);
      const count = fill(samples);
      if (!playing) {
        playing = true;
        say(frame);
      }
      block.set(pcm16ToFloat32(samples));
      played += count;
      squared += count;
      for (const sample of block) squares += sample * sample;
      if (count < block.length) stop(frame + count);
      else if (nextFrame - postedFrame >= reportFrames) say(nextFrame);
      return true;
    },
  };
}

// register-processors.ts
function registerProcessors(scope) {
  register(
    scope,
    captureProcessor,
    class extends scope.AudioWorkletProcessor {
      #capture;
      constructor({ processorOptions }) {
        super();
        this.#capture = capture({
          // Written by the page, in this form.
          ...processorOptions,
          inputRateHz: scope.sampleRate,
          emit: (frame) => this.port.postMessage(frame, [frame.samples.buffer]),
        });
        this.port.onmessage = ({ data }) => this.#capture.tell(data);
      }
      process([input], [output]) {
        return this.#capture.take(input?.[0], output?.[0]?.length ?? 0);
      }
    },
  );
  register(
    scope,
    playbackProcessor,
    class extends scope.AudioWorkletProcessor {
      static parameterDescriptors = [
        { name: flushesParameter, minValue: 0, defaultValue: 0, automationRate: "k-rate" },
      ];
      #playback;
      constructor({ processorOptions }) {
        super();
        this.#playback = playback({
          // Written by the page, in this form.
          ...processorOptions,
          sampleRateHz: scope.sampleRate,
          post: (position) => this.port.postMessage(position),
        });
        this.port.onmessage = ({ data }) => this.#playback.tell(data);
      }
      process(_inputs, [output], parameters) {
        const block = output?.[0];
        const [flushes = 0] = parameters[flushesParameter] ?? [];
        return block === void 0 || this.#playback.render(block, scope.currentFrame, flushes);
      }
    },
  );
}
function register(scope, name, processor) {
  try {
    scope.registerProcessor(name, processor);
  } catch {}
}

// <stdin>
if (typeof registerProcessor === "function") registerProcessors(globalThis);

export {};
