import { type Definition, type Definitions, referencesIn } from "./definition.ts";

/** The events that go one way in one protocol or dialect. */
export interface Side {
  /** The name of their union, such as `ClientEvent`. */
  readonly union: string;
  /** What the union is, as one sentence. */
  readonly text: string;
  /** The folder that holds them, with `/` at the end. */
  readonly folder: string;
  /** The name of the table of their validators, such as `clientChecks`. */
  readonly checks: string;
  /** The name of the table of what is known of them; left out where there is none. */
  readonly catalogue?: string;
}

/** Definitions that are generated into modules of their own, so that who does not use them does not load them. */
export interface Scope {
  /** Below `src/generated/`; empty for the core, whose modules stand there themselves. */
  readonly folder: string;
  /** What it is, to complete "the types of …". */
  readonly about: string;
  /** Its definitions: those below these folders of `schemas/`. */
  readonly holds: readonly string[];
  /** Its unions of events: what clients send, then what services send, for each protocol or dialect. */
  readonly sides: readonly (readonly [client: Side, server: Side])[];
}

/** Every scope. Each may refer to those before it, so the core, which is the first, refers to none of them. */
export const scopes: readonly Scope[] = [
  {
    folder: "",
    about: "the protocol and of recordings",
    holds: ["realtime/", "recording/"],
    sides: [
      [
        {
          union: "ClientEvent",
          text: "Everything that a client can send.",
          folder: "realtime/client/",
          checks: "clientChecks",
          catalogue: "clientEvents",
        },
        {
          union: "ServerEvent",
          text: "Everything that a service can send.",
          folder: "realtime/server/",
          checks: "serverChecks",
          catalogue: "serverEvents",
        },
      ],
    ],
  },
  {
    folder: "translation",
    about: "the translation protocol",
    holds: ["translation/"],
    sides: [
      [
        {
          union: "TranslationClientEvent",
          text: "Everything that a client of a translation can send.",
          folder: "translation/client/",
          checks: "translationClientChecks",
          catalogue: "translationClientEvents",
        },
        {
          union: "TranslationServerEvent",
          text: "Everything that a translation service can send.",
          folder: "translation/server/",
          checks: "translationServerChecks",
          catalogue: "translationServerEvents",
        },
      ],
    ],
  },
  {
    folder: "rest",
    about: "the requests, answers and webhooks that servers need",
    holds: ["rest/"],
    sides: [],
  },
  {
    folder: "dialects",
    about: "what only some providers send and take",
    holds: ["dialects/"],
    sides: [dialectSides("Azure", "azure"), dialectSides("xAI", "xai")],
  },
];

function dialectSides(provider: string, name: string): readonly [Side, Side] {
  const prefix = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  return [
    {
      union: `${prefix}ClientEvent`,
      text: `What a client can send to ${provider} and to nobody else.`,
      folder: `dialects/${name}/client/`,
      checks: `${name}ClientChecks`,
    },
    {
      union: `${prefix}ServerEvent`,
      text: `What ${provider} sends and nobody else.`,
      folder: `dialects/${name}/server/`,
      checks: `${name}ServerChecks`,
    },
  ];
}

/** The definitions of a scope, in the order in which they may be written. */
export function definitionsIn(scope: Scope, definitions: Definitions): readonly Definition[] {
  return definitions.all.filter(({ file }) => holds(scope, file));
}

/** What the modules of one scope need from those of another. */
export interface Borrowing {
  /** The definitions needed, by name, in alphabetical order. */
  readonly names: readonly string[];
  /** The way from a module of the scope to the folder that has them, such as `../`. */
  readonly folder: string;
}

/** What a scope's definitions refer to outside of it, scope by scope. */
export function borrowingsOf(scope: Scope, definitions: Definitions): readonly Borrowing[] {
  const files = definitionsIn(scope, definitions).flatMap((definition) =>
    referencesIn(definition.schema).map((ref) => definitions.target(definition, ref)),
  );
  return scopes
    .filter((other) => other !== scope)
    .map((other) => {
      const names = files.filter(({ file }) => holds(other, file)).map(({ name }) => name);
      const up = scope.folder === "" ? "./" : "../";
      const folder = other.folder === "" ? up : `${up}${other.folder}/`;
      return { names: [...new Set(names)].sort(), folder };
    })
    .filter(({ names }) => names.length > 0);
}

/** The way from a generated module of the scope to one that is written by hand, such as `../../check.ts`. */
export function toSource(scope: Scope, module: string): string {
  return scope.folder === "" ? `../${module}` : `../../${module}`;
}

/** Throws where a definition belongs to no scope, or refers to one that belongs to a later scope. */
export function refuseStrayReferences(definitions: Definitions): void {
  const placeOf = (file: string): number => {
    const place = scopes.findIndex((scope) => holds(scope, file));
    if (place < 0) throw new Error(`${file}: belongs to no scope`);
    return place;
  };
  for (const definition of definitions.all) {
    const place = placeOf(definition.file);
    for (const ref of referencesIn(definition.schema)) {
      const { file } = definitions.target(definition, ref);
      if (placeOf(file) > place) {
        throw new Error(`${definition.file}: refers to ${file}, which belongs to a later scope`);
      }
    }
  }
}

function holds(scope: Scope, file: string): boolean {
  return scope.holds.some((folder) => file.startsWith(folder));
}
