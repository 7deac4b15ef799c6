import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { ScenarioTurn } from "../../src/brain/scenario.ts";
import { conversation, only, shapeOf } from "../support/conversation.ts";

const folder = fileURLToPath(new URL("../../../../../shared/recordings/", import.meta.url));

interface Line {
  readonly from: "client" | "server";
  readonly event: ClientEvent | ServerEvent;
}

function linesOf(name: string): readonly Line[] {
  const [, ...lines] = readFileSync(`${folder}${name}.jsonl`, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Line).filter(({ event }) => event !== undefined);
}

/** The paths of all fields, whatever their values; list entries are folded into one. */
function fieldsOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  if (Array.isArray(value)) return [...new Set(value.flatMap((entry) => fieldsOf(entry, `${path}[]`)))];
  return Object.entries(value).flatMap(([key, field]) => fieldsOf(field, `${path}.${key}`));
}

/** Sends what a recorded client sent, waiting for each response to end. */
function replayed(lines: readonly Line[], turns: readonly ScenarioTurn[]): ServerEvent[] {
  const talk = conversation({ scenario: { turns } });
  talk.open();
  for (const { from, event } of lines) {
    if (from === "server") continue;
    // The lines of a client hold client events.
    const command = event as ClientEvent;
    if (command.type === "conversation.item.create" && command.item.type === "function_call_output") {
      const call_id = only(talk.events, "response.function_call_arguments.done").at(-1)!.call_id;
      talk.send({ ...command, item: { ...command.item, call_id } });
    } else {
      talk.send(command);
    }
    if (command.type === "response.create") talk.advance(10_000);
  }
  return talk.events.filter(({ type }) => type !== "rate_limits.updated");
}

const cases: Readonly<Record<string, readonly ScenarioTurn[]>> = {
  openai__test_openai_ws__test_message_history_seeding: [
    { say: "Your name is Alice, and your favorite color is teal!" },
  ],
  openai__test_openai_ws__test_text_in_audio_out_turn: [{ say: "Hi there!" }],
  openai__test_openai_ws__test_tool_call_round: [
    { tools: [{ name: "get_weather", arguments: '{  \n  "city": "London" \n} \n' }] },
    { say: "It is foggy and 12 degrees in London." },
  ],
};

describe.runIf(existsSync(folder))("a recorded client", () => {
  for (const [name, turns] of Object.entries(cases)) {
    const lines = existsSync(folder) ? linesOf(name) : [];
    // The lines of a server hold server events.
    const recorded = lines.filter(({ from }) => from === "server").map(({ event }) => event as ServerEvent);

    it(`meets the same events in the same order: ${name}`, () => {
      expect(shapeOf(replayed(lines, turns))).toEqual(shapeOf(recorded));
    });

    it(`meets events with the same fields: ${name}`, () => {
      const emulated = replayed(lines, turns);
      for (const type of new Set(recorded.map((event) => event.type))) {
        const wanted = recorded.filter((event) => event.type === type).map((event) => fieldsOf(event).sort());
        const found = emulated.filter((event) => event.type === type).map((event) => fieldsOf(event).sort());
        const distinct = (fields: string[][]) => [...new Set(fields.map((list) => list.join(" ")))].sort();
        expect(distinct(found), type).toEqual(distinct(wanted));
      }
    });
  }
});

if (!existsSync(folder)) console.info(`Not compared with recorded sessions: there are none in ${folder}`);
