/**
 * What the arguments that a schema describes are, as a type: by the schema of a library that follows Standard Schema its
 * output, by a TypeBox schema its `Static`, by a JSON Schema that is written where the tool is, what it says of `type`,
 * `properties`, `required`, `items`, `enum`, `const`, `anyOf` and `oneOf`. What a type cannot say is `unknown`.
 */
export type ArgumentsOf<Schema> = Schema extends { readonly "~standard": infer Standard }
  ? OutputOf<Standard>
  : Schema extends { readonly static: unknown; readonly params: readonly unknown[] }
    ? (Schema & { params: [] })["static"]
    : Schema extends { readonly properties: object }
      ? ValueOf<Schema & { readonly type: "object" }>
      : Readonly<Record<string, unknown>>;

/** The types of a Standard Schema stand where no value is. */
type OutputOf<Standard> = Standard extends { readonly types?: infer Types }
  ? NonNullable<Types> extends { readonly output: infer Output }
    ? Output
    : unknown
  : unknown;

/** A value that a JSON Schema describes. Distributes over a union of schemas. */
type ValueOf<Schema> = Schema extends { readonly const: infer Value }
  ? Value
  : Schema extends { readonly enum: readonly (infer Value)[] }
    ? Value
    : Schema extends { readonly anyOf: readonly (infer Form)[] }
      ? ValueOf<Form>
      : Schema extends { readonly oneOf: readonly (infer Form)[] }
        ? ValueOf<Form>
        : Schema extends { readonly type: infer Type }
          ? ValueOfType<Schema, Type>
          : unknown;

type ValueOfType<Schema, Type> = Type extends keyof Plain
  ? Plain[Type]
  : Type extends readonly (infer One)[]
    ? ValueOfType<Schema, One>
    : Type extends "array"
      ? Schema extends { readonly items: infer Entry }
        ? readonly ValueOf<Entry>[]
        : readonly unknown[]
      : Type extends "object"
        ? ObjectOf<Schema>
        : unknown;

interface Plain {
  readonly string: string;
  readonly number: number;
  readonly integer: number;
  readonly boolean: boolean;
  readonly null: null;
}

type ObjectOf<Schema> = Schema extends { readonly properties: infer Fields }
  ? {
      readonly [Name in keyof Fields as Name extends RequiredOf<Schema> ? Name : never]: ValueOf<
        Fields[Name]
      >;
    } & {
      readonly [Name in keyof Fields as Name extends RequiredOf<Schema> ? never : Name]?: ValueOf<
        Fields[Name]
      >;
    }
  : Readonly<Record<string, unknown>>;

type RequiredOf<Schema> = Schema extends { readonly required: readonly (infer Name)[] } ? Name : never;
