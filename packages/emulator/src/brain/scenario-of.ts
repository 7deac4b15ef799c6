import type { Recording } from "@duologue/core";
import { isServerEvent } from "@duologue/protocol";
import { recordedAnswers } from "./recorded-answers.ts";
import { recordedMcp } from "./recorded-mcp.ts";
import { recordedSpeech } from "./recorded-speech.ts";
import type { Scenario, ScenarioTurn, ScriptedDetection } from "./scenario.ts";

/** What of a recording becomes part of the scenario, beside what was said, called and heard. */
export interface ScenarioOfOptions {
  /** Whether the service takes the time that it took, where the recording knows it. Default: true. */
  readonly delays?: boolean;
  /**
   * Whether the user's speech is found at those commands at which it was found, for a client that sends the same ones,
   * and not by ear: never, where it was not. Default: false.
   */
  readonly detection?: boolean;
}

/** A speech that no session lives to hear. */
const nothingHeard: ScriptedDetection = {
  startsAtAppend: Number.MAX_SAFE_INTEGER,
  stopsAtAppend: Number.MAX_SAFE_INTEGER,
  audioStartMs: 0,
  audioEndMs: 0,
};

/**
 * What a service did in a recorded session, as a scenario: a recording played as a server. Each response has its words
 * and sounds delta by delta, its calls and its end; each speech has its transcript; MCP servers have their tools, and
 * what came of their calls. A response that was cancelled goes on for ever, for whoever cancelled it to do so again; deltas
 * that came all the same come again.
 *
 * Of a response that said something more than once, all of it becomes one message, before its calls. Sound that the
 * recording holds only as a placeholder is silence of no length; sound of a media track, of which a recording holds none,
 * is silence for as long as the track sounded.
 */
export function scenarioOf(recording: Recording, options: ScenarioOfOptions = {}): Scenario {
  const answers = recordedAnswers();
  const speech = recordedSpeech(options.detection ?? false);
  const mcp = recordedMcp();
  let appends = 0;
  for (const { at, from, event } of recording.entries) {
    if (from === "client" && event.type === "input_audio_buffer.append") appends++;
    if (from !== "server" || !isServerEvent(event)) continue;
    const atMs = (options.delays ?? true) ? at : null;
    const turns = answers.take(event, atMs);
    const recorded = { event, atMs, appends, turns };
    speech.take(recorded);
    mcp.take(recorded);
  }
  const said = answers.turns();
  const heard = speech.turns();
  const turns: ScenarioTurn[] = [];
  for (let index = 0; index < Math.max(said.length, heard.length); index++) {
    turns.push({ ...heard[index], ...said[index] });
  }
  if (options.detection && !turns.some(({ detection }) => detection !== undefined)) {
    turns[0] = { ...turns[0], detection: nothingHeard };
  }
  const servers = mcp.servers();
  return { turns, ...(Object.keys(servers).length > 0 && { mcp: servers }) };
}
