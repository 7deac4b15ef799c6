import { type CutAnswer, cutAnswers, errorsInWords, errorsMs } from "./cut-answers.ts";
import { type Distribution, distribution } from "./distribution.ts";
import { espeakSpeeches, syllableSpeeches } from "./speech.ts";

/** The errors of both estimates in one situation. */
export interface Measured {
  readonly name: string;
  readonly estimate: Distribution;
  readonly linear: Distribution;
  readonly words: { readonly estimate: Distribution; readonly linear: Distribution };
}

const situations = [
  { name: "espeak-ng, cut after generation", speeches: espeakSpeeches, pace: 8 },
  { name: "espeak-ng, cut while it is made", speeches: espeakSpeeches, pace: 1.1 },
  { name: "the emulator's voice, after", speeches: syllableSpeeches, pace: 8 },
  { name: "the emulator's voice, while made", speeches: syllableSpeeches, pace: 1.1 },
];

/** Measures both estimates against speech whose words have known places. Equal seeds give equal figures. */
export async function measured(rounds: number, seed = 1): Promise<readonly Measured[]> {
  const results: Measured[] = [];
  for (const { name, ...cutting } of situations) {
    const cuts: readonly CutAnswer[] = await cutAnswers({ ...cutting, rounds, seed });
    results.push({
      name,
      estimate: distribution(errorsMs(cuts, "estimate")),
      linear: distribution(errorsMs(cuts, "linear")),
      words: {
        estimate: distribution(errorsInWords(cuts, "estimate")),
        linear: distribution(errorsInWords(cuts, "linear")),
      },
    });
  }
  return results;
}

/** The figures as a table for people. */
export function shownFigures(results: readonly Measured[]): string {
  const row = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, index) =>
        index < 2 ? String(cell).padEnd(index === 0 ? 34 : 11) : String(cell).padStart(9),
      )
      .join("");
  const figures = ({ count, median, ninetieth, largest, mean }: Distribution, inWords: Distribution) => [
    count,
    ...[median, ninetieth, largest, mean].map(Math.round),
    inWords.median,
    inWords.ninetieth,
    inWords.largest,
  ];
  const head = [
    "error of heard text",
    "estimate",
    "cuts",
    "median ms",
    "90 % ms",
    "most ms",
    "mean ms",
    "words",
    "90 %",
    "most",
  ];
  return [
    row(head),
    ...results.flatMap(({ name, estimate, linear, words }) => [
      row([name, "ours", ...figures(estimate, words.estimate)]),
      row(["", "linear", ...figures(linear, words.linear)]),
    ]),
  ].join("\n");
}
