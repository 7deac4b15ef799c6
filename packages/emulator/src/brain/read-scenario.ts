import { messageOf } from "../wire/message-of.ts";
import { isObject } from "../wire/shape.ts";
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
 * and throws for one that it cannot read. Throws a `TypeError` that names the field at fault.
 */
export function readScenario(value: unknown, speechOf: (path: string) => Int16Array = noSpeech): Scenario {
  const fault = isObject(value)
    ? scenarioShape(value, "")
    : { message: "A scenario is a JSON object with 'turns'." };
  if (fault !== undefined) throw new TypeError(`Not a scenario. ${fault.message}`);
  // The shape has just found no fault.
  const { description: _description, $schema: _schema, turns, ...rest } = value as unknown as ScenarioFile;
  for (const [index, turn] of turns.entries()) {
    if (turn.speech !== undefined && turn.say === undefined) {
      throw new TypeError(
        `Not a scenario. 'turns[${index}].speech' needs a 'say' beside it: the words of the speech.`,
      );
    }
    for (const [place, call] of (turn.tools ?? []).entries()) {
      const path = `turns[${index}].tools[${place}]`;
      checkArguments(call, `${path}.arguments`);
      checkServer(call, rest.mcp ?? {}, path);
    }
  }
  return {
    ...rest,
    turns: turns.map(({ speech, ...turn }, index) =>
      speech === undefined ? turn : { ...turn, speech: speechAt(index, () => speechOf(speech)) },
    ),
  };
}

function speechAt(index: number, read: () => Int16Array): Int16Array {
  try {
    return read();
  } catch (cause) {
    throw new TypeError(`Not a scenario. 'turns[${index}].speech': ${messageOf(cause)}`, { cause });
  }
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

/** A call of an MCP tool that no server offers could only fail, and not as anybody meant it. */
function checkServer(
  { server, name }: PlannedCall,
  servers: NonNullable<Scenario["mcp"]>,
  path: string,
): void {
  if (server === undefined) return;
  const scripted = Object.hasOwn(servers, server) ? servers[server] : undefined;
  if (scripted === undefined) {
    throw new TypeError(`Not a scenario. '${path}.server' is '${server}', which is not among 'mcp'.`);
  }
  if (!scripted.tools.some((tool) => tool.name === name)) {
    throw new TypeError(
      `Not a scenario. '${path}.name' is '${name}', which 'mcp.${server}.tools' does not name.`,
    );
  }
}

function noSpeech(path: string): never {
  throw new TypeError(`The scenario names the sound file ${path}, and nothing was given to read it with.`);
}
