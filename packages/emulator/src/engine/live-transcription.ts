import { change, type Draft, freshId, send } from "./draft.ts";
import { inputRateHz } from "./input-audio.ts";
import { nextHeardTurn } from "./next-heard-turn.ts";
import { saidBy } from "./said-by.ts";
import { sampleCountOf } from "./sample-chain.ts";
import { transcriptDelta, transcriptPieces } from "./transcription.ts";
import { transcriptionModelFacts } from "./transcription-model.ts";

/** How long a model waits that may wait, for each `delay`. */
const waitMs: Readonly<Record<string, number>> = {
  minimal: 100,
  low: 300,
  medium: 600,
  high: 1200,
  xhigh: 2400,
};

/** Sends the words that a live model has made out by now of the sound that waits in the buffer. */
export function transcribeLive(draft: Draft): void {
  const { input, session } = draft.state;
  const { transcription } = session.audio.input;
  if (!transcription?.model) return;
  const facts = transcriptionModelFacts(transcription.model);
  const turn = draft.settings.scenario.turns[nextHeardTurn(draft.state)];
  if (facts.deltas !== "live" || (turn?.transcription?.outcome ?? "completed") !== "completed") return;
  const bufferedMs = (sampleCountOf(input.buffer) * 1000) / inputRateHz(draft.state);
  const readMs = bufferedMs - (waitMs[transcription.delay ?? ""] ?? 0);
  const pieces = transcriptPieces(turn?.heard ?? "", facts);
  const { live } = input;
  const written = live?.written ?? 0;
  const said = saidBy(pieces, written, readMs);
  if (said === written) return;
  const itemId = live?.itemId ?? freshId(draft, "item");
  for (const piece of pieces.slice(written, said)) send(draft, transcriptDelta(draft, itemId, piece));
  change(draft, { input: { ...draft.state.input, live: { itemId, written: said } } });
}
