import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { readRecording } from "@duologue/core";
import { readScenario, speechPathsOf } from "../brain/read-scenario.ts";
import type { Scenario } from "../brain/scenario.ts";
import { scenarioOf } from "../brain/scenario-of.ts";
import { speechInWav } from "../voice/speech-in-wav.ts";
import { messageOf } from "../wire/message-of.ts";

/**
 * Reads a scenario file and the sound files that it names, by paths relative to it: WAV of 16-bit PCM, of any rate
 * and number of channels. A file whose name ends in `.jsonl` is a recording, which becomes a scenario. A byte order mark is
 * passed over. Rejects with a `TypeError`, or the error of the file system for the scenario itself; the message names the
 * file at fault, and of a sound the place in the scenario besides.
 */
export async function loadScenario(path: string): Promise<Scenario> {
  const text = (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  if (path.endsWith(".jsonl")) return scenarioIn(text, path);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new TypeError(`${path} is not JSON: ${messageOf(cause)}`, { cause });
  }
  const speech = new Map<string, Int16Array | Error>();
  for (const name of speechPathsOf(json)) {
    speech.set(name, await samplesOf(resolve(dirname(path), name)).catch(errorOf));
  }
  try {
    return readScenario(json, (name) => {
      const samples = speech.get(name) ?? new Int16Array();
      if (samples instanceof Error) throw samples;
      return samples;
    });
  } catch (cause) {
    throw new TypeError(`${path}: ${messageOf(cause)}`, { cause });
  }
}

function scenarioIn(recording: string, path: string): Scenario {
  try {
    return scenarioOf(readRecording(recording));
  } catch (cause) {
    throw new TypeError(`${path}: ${messageOf(cause)}`, { cause });
  }
}

async function samplesOf(path: string): Promise<Int16Array> {
  const bytes = await readFile(path);
  try {
    return await speechInWav(bytes);
  } catch (cause) {
    throw new TypeError(`${path}: ${messageOf(cause)}`, { cause });
  }
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(messageOf(error));
}
