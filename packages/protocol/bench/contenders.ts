import { TypeCompiler } from "@sinclair/typebox/compiler";
import { eventsIn } from "../../../scripts/generate/catalogue-source.ts";
import { openaiRealtime, realtimeProtocol } from "../src/index.ts";
import { definitions, typeboxOf } from "../test/definitions.ts";
import { zodByType, zodSchemas } from "./zod-schema.ts";

/** A way to read a frame. `read` says whether the frame was found to be in order. */
export interface Contender {
  readonly name: string;
  read(text: string): boolean;
}

/** What everything is measured against: the text becomes a value, and nobody looks at it. */
export const bareParse: Contender = {
  name: "JSON.parse",
  read: (text) => JSON.parse(text) !== undefined,
};

const protocolWithoutValidation = realtimeProtocol();
const servers = eventsIn(definitions, "realtime/server/");

/** The ways that are compared. Each knows all server events, as the reader of a connection has to. */
export const contenders: readonly Contender[] = [
  {
    name: "decode",
    read: (text) => protocolWithoutValidation.decode(text).kind === "known",
  },
  {
    name: "decode + validation",
    read: (text) => {
      const frame = openaiRealtime.decode(text);
      return frame.kind === "known" && frame.issues.length === 0;
    },
  },
  typebox(),
  zod(),
];

/** TypeBox, compiled when the program starts; one compiled check a type. Says yes or no and not where. */
function typebox(): Contender {
  const checks = new Map(servers.map(({ type, name }) => [type, TypeCompiler.Compile(typeboxOf(name))]));
  return {
    name: "JSON.parse + TypeBox compiler",
    read: (text) => {
      const value: { readonly type: string } = JSON.parse(text);
      return checks.get(value.type)?.Check(value) ?? false;
    },
  };
}

/** Zod, with one schema for all types. It makes a new value of what it accepts. */
function zod(): Contender {
  const zodOf = zodSchemas(definitions);
  const event = zodByType(
    definitions.all.filter((definition) => servers.some(({ name }) => name === definition.name)).map(zodOf),
  );
  return {
    name: "JSON.parse + zod",
    read: (text) => event.safeParse(JSON.parse(text)).success,
  };
}
