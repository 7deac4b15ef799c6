import type { ResponseState } from "./state.ts";
import { type ModelUsage, type TokensByModality, type UsageLedger, usageOf } from "./usage.ts";

/** What a million tokens cost, by what they stand for. A modality that is left out costs nothing. */
export interface TokenPrices {
  readonly text?: number | undefined;
  readonly audio?: number | undefined;
  readonly image?: number | undefined;
}

/**
 * What a provider asks, in any currency. Prices change and differ by model: this package ships none.
 */
export interface PriceTable {
  readonly input?: TokenPrices | undefined;
  readonly cachedInput?: TokenPrices | undefined;
  readonly output?: TokenPrices | undefined;
  /** The transcription model, which is another one. */
  readonly transcription?:
    | {
        readonly input?: TokenPrices | undefined;
        readonly output?: TokenPrices | undefined;
        /** For models that are billed by time. */
        readonly perMinute?: number | undefined;
      }
    | undefined;
}

/** What all of a ledger costs, in the currency of the table; transcription included. */
export function costOf(ledger: UsageLedger, prices: PriceTable): number {
  const { input, output, seconds } = ledger.transcription;
  const { transcription = {} } = prices;
  return (
    costOfModel(ledger, prices) +
    costOfTokens(input, transcription.input) +
    costOfTokens(output, transcription.output) +
    (seconds / 60) * (transcription.perMinute ?? 0)
  );
}

/** What one response cost; 0 where the server did not say what it used. */
export function costOfResponse({ usage }: ResponseState, prices: PriceTable): number {
  return usage === undefined ? 0 : costOfModel(usageOf(usage), prices);
}

function costOfModel(usage: ModelUsage, prices: PriceTable): number {
  return (
    costOfTokens(usage.input, prices.input) +
    costOfTokens(usage.cachedInput, prices.cachedInput) +
    costOfTokens(usage.output, prices.output)
  );
}

/** Tokens of which the server did not say what they stand for cost as much as the dearest: better over than under. */
function costOfTokens(
  tokens: TokensByModality,
  { text = 0, audio = 0, image = 0 }: TokenPrices = {},
): number {
  const millions =
    tokens.text * text +
    tokens.audio * audio +
    tokens.image * image +
    tokens.other * Math.max(text, audio, image);
  return millions / 1e6;
}
