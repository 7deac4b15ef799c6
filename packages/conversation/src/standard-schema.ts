/**
 * A schema of a library that follows two specifications: Standard Schema, by which it judges a value, and Standard JSON
 * Schema, by which it describes itself to others. Source: standardschema.dev.
 */
export interface StandardSchema {
  readonly "~standard": {
    readonly validate?: (value: unknown) => Verdict | Promise<Verdict>;
    readonly jsonSchema?: Describer;
  };
}

/** What tells a schema to others. */
export interface Describer {
  /** Tells what may be passed to `validate`; throws where JSON Schema, or this version of it, has no words for that. */
  readonly input: (options: { readonly target: string }) => Readonly<Record<string, unknown>>;
}

/** What a schema says of a value: it and what became of it, or what is wrong. */
export type Verdict =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** What is wrong with a value; each step of `path` is a key, or an object that has it. */
interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Whether a schema is of a library that follows Standard Schema. Some libraries make theirs functions. */
export function isStandardSchema(schema: unknown): schema is StandardSchema {
  const isAny = (typeof schema === "object" && schema !== null) || typeof schema === "function";
  return (
    isAny && "~standard" in schema && typeof schema["~standard"] === "object" && schema["~standard"] !== null
  );
}
