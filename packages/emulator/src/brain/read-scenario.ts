import {
  anyObject,
  depending,
  integer,
  isObject,
  list,
  object,
  oneOf,
  type Shape,
  text,
} from "../wire/shape.ts";
import type { PlannedCall } from "./plan.ts";
import type { Scenario, ScenarioTurn } from "./scenario.ts";

const delayMs = integer({ min: 0 });

const shape: Shape = object({
  required: {
    turns: list(
      object({
        optional: {
          heard: text(),
          transcription: object({
            optional: { delayMs, outcome: oneOf("completed", "failed", "none") },
          }),
          say: text(),
          speech: text(),
          tools: list(
            object({
              required: { name: text() },
              optional: {
                arguments: depending((value) => (typeof value === "string" ? text() : anyObject)),
              },
            }),
          ),
          delayMs,
          status: oneOf("completed", "incomplete", "failed"),
          reason: oneOf("max_output_tokens", "content_filter"),
          error: object({ optional: { type: text(), code: text(), message: text() } }),
        },
      }),
    ),
  },
  optional: { description: text() },
});

/** A scenario as a file spells it: `speech` is the path of a WAV file. */
interface ScenarioFile {
  readonly turns: readonly (Omit<ScenarioTurn, "speech"> & { readonly speech?: string })[];
}

/**
 * Reads a scenario from parsed JSON: `{"turns":[{"heard"?, "say"?, "speech"?, "tools"?: [{"name", "arguments"?}],
 * "delayMs"?, "status"?, "reason"?, "error"?, "transcription"?: {"delayMs"?, "outcome"?}}]}`, and a `description` for
 * people. `speech` names a sound file; `speechOf` gives its samples, mono at 24 kHz, and throws for one that it
 * cannot read. Throws a `TypeError` that names the field at fault.
 */
export function readScenario(value: unknown, speechOf: (path: string) => Int16Array = noSpeech): Scenario {
  const fault = isObject(value) ? shape(value, "") : { message: "A scenario is a JSON object with 'turns'." };
  if (fault !== undefined) throw new TypeError(`Not a scenario. ${fault.message}`);
  // The shape has just found no fault.
  const file = value as unknown as ScenarioFile;
  for (const [index, turn] of file.turns.entries()) {
    if (turn.speech !== undefined && turn.say === undefined) {
      throw new TypeError(
        `Not a scenario. 'turns[${index}].speech' needs a 'say' beside it: the words of the speech.`,
      );
    }
    for (const [place, call] of (turn.tools ?? []).entries()) {
      checkArguments(call, `turns[${index}].tools[${place}].arguments`);
    }
  }
  return {
    turns: file.turns.map(({ speech, ...turn }) =>
      speech === undefined ? turn : { ...turn, speech: speechOf(speech) },
    ),
  };
}

/** The paths of the sound files that a scenario names, each once. `value` is parsed JSON of any kind. */
export function speechPathsOf(value: unknown): readonly string[] {
  const turns = isObject(value) && Array.isArray(value.turns) ? value.turns : [];
  const paths = turns.map((turn: unknown) => (isObject(turn) ? turn.speech : undefined));
  return [...new Set(paths.filter((path) => typeof path === "string"))];
}

function checkArguments(call: PlannedCall, path: string): void {
  if (typeof call.arguments !== "string") return;
  try {
    JSON.parse(call.arguments);
  } catch (cause) {
    throw new TypeError(`Not a scenario. '${path}' is no JSON text; an object may be given instead.`, {
      cause,
    });
  }
}

function noSpeech(path: string): never {
  throw new TypeError(`The scenario names the sound file ${path}, and nothing was given to read it with.`);
}
