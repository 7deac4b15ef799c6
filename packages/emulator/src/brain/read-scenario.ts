import { messageOf } from "../wire/message-of.ts";
import { isObject } from "../wire/shape.ts";
import { mistakesIn, mistakesText } from "./mistakes.ts";
import type { PlannedCall } from "./plan.ts";
import type { Scenario, ScenarioTurn } from "./scenario.ts";
import { scenarioShape } from "./scenario-shape.ts";

/** A scenario as a file spells it: `speech` is the path of a WAV file. */
interface ScenarioFile extends Omit<Scenario, "turns"> {
  readonly description?: string;
  readonly $schema?: string;
  readonly turns: readonly (Omit<ScenarioTurn, "speech"> & { readonly speech?: string })[];
}

/**
 * Reads a scenario from parsed JSON: a `Scenario` as it is, with a `description` for people and a `$schema` for
 * editors, and with the path of a sound file as the `speech` of a turn; `speechOf` gives its samples, mono at 24 kHz,
 * and throws for one that it cannot read. Throws a `TypeError` that names each field at fault, nine at the most.
 */
export function readScenario(value: unknown, speechOf: (path: string) => Int16Array = noSpeech): Scenario {
  if (!isObject(value)) throw notScenario(["A scenario is a JSON object with 'turns'."]);
  const misshapen = mistakesIn(scenarioShape, value, "");
  if (misshapen.length > 0) throw notScenario(misshapen);
  // The shape has just found no fault.
  const { description: _description, $schema: _schema, turns, ...rest } = value as unknown as ScenarioFile;
  const mistakes: string[] = [];
  let cause: unknown;
  const read = turns.map(({ speech, ...turn }, index): ScenarioTurn => {
    for (const [place, call] of (turn.tools ?? []).entries()) {
      const path = `turns[${index}].tools[${place}]`;
      mistakes.push(...argumentMistakes(call, path), ...serverMistakes(call, rest.mcp ?? {}, path));
    }
    if (speech === undefined) return turn;
    const path = `turns[${index}].speech`;
    if (turn.say === undefined) {
      mistakes.push(`'${path}' needs a 'say' beside it: the words of the speech.`);
      return turn;
    }
    try {
      return { ...turn, speech: speechOf(speech) };
    } catch (error) {
      cause ??= error;
      mistakes.push(`'${path}': ${messageOf(error)}`);
      return turn;
    }
  });
  if (mistakes.length > 0) throw notScenario(mistakes, cause);
  return { ...rest, turns: read };
}

function notScenario(mistakes: readonly string[], cause?: unknown): TypeError {
  return new TypeError(mistakesText("Not a scenario.", mistakes), cause === undefined ? {} : { cause });
}

/** The paths of the sound files that a scenario names, each once. `value` is parsed JSON of any kind. */
export function speechPathsOf(value: unknown): readonly string[] {
  const turns = isObject(value) && Array.isArray(value.turns) ? value.turns : [];
  const paths = turns.map((turn: unknown) => (isObject(turn) ? turn.speech : undefined));
  return [...new Set(paths.filter((path) => typeof path === "string"))];
}

function argumentMistakes(call: PlannedCall, path: string): readonly string[] {
  if (typeof call.arguments !== "string") return [];
  try {
    JSON.parse(call.arguments);
    return [];
  } catch {
    return [`'${path}.arguments' is no JSON text; an object may be given instead.`];
  }
}

/** A call of an MCP tool that no server offers could only fail, and not as anybody meant it. */
function serverMistakes(
  { server, name }: PlannedCall,
  servers: NonNullable<Scenario["mcp"]>,
  path: string,
): readonly string[] {
  if (server === undefined) return [];
  const scripted = Object.hasOwn(servers, server) ? servers[server] : undefined;
  if (scripted === undefined) return [`'${path}.server' is '${server}', which is not among 'mcp'.`];
  if (scripted.tools.some((tool) => tool.name === name)) return [];
  return [`'${path}.name' is '${name}', which 'mcp.${server}.tools' does not name.`];
}

function noSpeech(path: string): never {
  throw new TypeError(`The scenario names the sound file ${path}, and nothing was given to read it with.`);
}
