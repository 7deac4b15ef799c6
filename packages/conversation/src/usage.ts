import type { CachedTokenDetails, TranscriptionUsage, Usage } from "@duologue/protocol";

/** Tokens by what they stand for. `other`: those of which the server did not say. */
export interface TokensByModality {
  readonly text: number;
  readonly audio: number;
  readonly image: number;
  readonly other: number;
}

/** What a model was given and made. Every token is counted in exactly one place. */
export interface ModelUsage {
  /** What it read for the first time. */
  readonly input: TokensByModality;
  /** What it found again, which is billed at less. */
  readonly cachedInput: TokensByModality;
  readonly output: TokensByModality;
}

/** What the transcription of the user's speech took: another model, billed apart, by tokens or by time. */
export interface TranscriptionTotals {
  readonly input: TokensByModality;
  readonly output: TokensByModality;
  readonly seconds: number;
}

/** All that a conversation has used. It only grows, whatever becomes of its items and responses. */
export interface UsageLedger extends ModelUsage {
  /** Responses of which the server said what they used. */
  readonly responses: number;
  /** Tokens of responses, as the server sums them. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly transcription: TranscriptionTotals;
}

const none: TokensByModality = { text: 0, audio: 0, image: 0, other: 0 };

/** Nothing used yet. */
export const noUsage: UsageLedger = {
  responses: 0,
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  input: none,
  cachedInput: none,
  output: none,
  transcription: { input: none, output: none, seconds: 0 },
};

/**
 * Reads the bill of one response. Cached tokens are a part of what the server calls input; here they stand apart. Where
 * it does not say what they stand for, they count as the cheapest: as text first, then as images, then as audio.
 */
export function usageOf(usage: Usage): ModelUsage {
  const { input_token_details: details, output_token_details: made } = usage;
  const all = split(
    { text: details?.text_tokens, audio: details?.audio_tokens, image: details?.image_tokens },
    usage.input_tokens,
  );
  const cachedInput = cachedOf(all, details?.cached_tokens, details?.cached_tokens_details);
  return {
    input: sum(all, none, cachedInput),
    cachedInput,
    output: split({ text: made?.text_tokens, audio: made?.audio_tokens }, usage.output_tokens),
  };
}

/** The cached part of an input: what is stated, and the rest of the total where there is room for it. */
function cachedOf(
  all: TokensByModality,
  total: number | undefined,
  stated: CachedTokenDetails = {},
): TokensByModality {
  const text = Math.min(all.text, count(stated.text_tokens));
  const image = Math.min(all.image, count(stated.image_tokens));
  const audio = Math.min(all.audio, count(stated.audio_tokens));
  let rest = Math.max(0, count(total) - text - image - audio);
  const withRest = (of: number, most: number): number => {
    const more = Math.min(rest, most - of);
    rest -= more;
    return of + more;
  };
  // In this order.
  const cached = { text: withRest(text, all.text), image: withRest(image, all.image) };
  return { ...cached, audio: withRest(audio, all.audio), other: withRest(0, all.other) };
}

/** Counts a response. */
export function withResponseUsage(ledger: UsageLedger, usage: Usage): UsageLedger {
  const own = usageOf(usage);
  return {
    ...ledger,
    responses: ledger.responses + 1,
    inputTokens: ledger.inputTokens + count(usage.input_tokens),
    outputTokens: ledger.outputTokens + count(usage.output_tokens),
    totalTokens: ledger.totalTokens + count(usage.total_tokens),
    input: sum(ledger.input, own.input),
    cachedInput: sum(ledger.cachedInput, own.cachedInput),
    output: sum(ledger.output, own.output),
  };
}

/** Counts a transcription; `before` is what was counted for the same one, where a service bills it again as it grows. */
export function withTranscriptionUsage(
  ledger: UsageLedger,
  usage: TranscriptionUsage,
  before: TranscriptionUsage | undefined,
): UsageLedger {
  const now = transcriptionOf(usage);
  const then = before === undefined ? noUsage.transcription : transcriptionOf(before);
  const { input, output, seconds } = ledger.transcription;
  return {
    ...ledger,
    transcription: {
      input: sum(input, now.input, then.input),
      output: sum(output, now.output, then.output),
      seconds: wholeMicroseconds(seconds + now.seconds - then.seconds),
    },
  };
}

function transcriptionOf(usage: TranscriptionUsage): TranscriptionTotals {
  if (usage.type === "duration") {
    return { input: none, output: none, seconds: wholeMicroseconds(count(usage.seconds)) };
  }
  const { text_tokens: text, audio_tokens: audio } = usage.input_token_details ?? {};
  return {
    input: split({ text, audio }, usage.input_tokens),
    output: { ...none, text: count(usage.output_tokens) },
    seconds: 0,
  };
}

/** Seconds without the crumbs of binary fractions, so that a sum is the same in whatever order it is made. */
function wholeMicroseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}

/** Tokens by modality, and as `other` what the details leave of the total. */
function split(
  details: {
    readonly text?: number | undefined;
    readonly audio?: number | undefined;
    readonly image?: number | undefined;
  },
  total: number | undefined,
): TokensByModality {
  const [text, audio, image] = [count(details.text), count(details.audio), count(details.image)];
  return { text, audio, image, other: Math.max(0, count(total) - text - audio - image) };
}

function sum(a: TokensByModality, b: TokensByModality, less: TokensByModality = none): TokensByModality {
  const of = (modality: keyof TokensByModality) => a[modality] + b[modality] - less[modality];
  return { text: of("text"), audio: of("audio"), image: of("image"), other: of("other") };
}

/** A number as a server may send it; what is none counts nothing. */
function count(value: number | null | undefined): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}
