import { type ResampleRates, resampler } from "@duologue/audio";
import { type Speech, speechInTheMaking } from "./speech.ts";

/** So much is converted in one go, in seconds. */
const pieceSeconds = 0.05;

/**
 * The same sound at another rate: `ceil(n * outputRateHz / inputRateHz)` samples, made as they are asked for. Throws a
 * `RangeError` for a rate that cannot be converted.
 */
export function atRate(speech: Speech, rates: ResampleRates): Speech {
  const { inputRateHz, outputRateHz } = rates;
  if (inputRateHz === outputRateHz) return speech;
  const { sampleCount } = speech;
  const converter = resampler(rates);
  const pieceSamples = Math.ceil(pieceSeconds * inputRateHz);
  return speechInTheMaking(Math.ceil((sampleCount * outputRateHz) / inputRateHz), function* (converted) {
    let made = 0;
    for (let at = 0; at < sampleCount; at += pieceSamples) {
      const piece = converter.push(speech.samples(at, Math.min(at + pieceSamples, sampleCount)));
      converted.set(piece, made);
      made += piece.length;
      yield made;
    }
    converted.set(converter.flush(), made);
  });
}
