import { RealtimeError } from "./error.ts";

/**
 * What an option has to be: of a type, which for a number means one of at least 0, or an object that has the member which
 * is named.
 */
export type Kinds = Readonly<Record<string, string>>;

/** Any of these members; one that is `undefined` is left out. */
export type Optionally<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Options of which those that are `undefined` are left out. */
export type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/**
 * Options as a program without types gives them: `null` stands for what is left out, for all of them or for one. Throws
 * `invalid_argument` for what is no object, and for an option that is there and is not of its kind.
 */
export function optionsOf<T extends object>(given: T | null | undefined, kinds: Kinds = {}): Given<T> {
  const options = given ?? {};
  if (typeof options !== "object" || Array.isArray(options)) refuse("Options are an object", given);
  const names = new Set<string>();
  // What is inherited counts, too: the getters of a class are.
  for (let at: object = options; at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) if (name !== "constructor") names.add(name);
  // Of what members an object has, its type says nothing.
  const all = [...names].map((name): [string, unknown] => [
    name,
    (options as Readonly<Record<string, unknown>>)[name],
  ]);
  const there = all.filter(([, value]) => value != null);
  for (const [name, value] of there) {
    const kind = kinds[name];
    if (kind === undefined) continue;
    const isType = types.includes(kind);
    // Whatever is not `null` can be asked for a member.
    const found: unknown = isType ? typeof value === kind : (value as Kinds)[kind];
    if (!found || (typeof value === "number" && !(value >= 0))) {
      refuse(
        `${name} is ${isType ? "a" : "an object with"} ${kind === "number" ? "number of at least 0" : kind}`,
        value,
      );
    }
  }
  // Whoever needs one that is missing looks for it.
  return (there.length === all.length ? options : Object.fromEntries(there)) as Given<T>;
}

const types = ["number", "function", "boolean", "string"];

/** How long, and for whom, something is waited for. */
export const waitingKinds: Kinds = { timeoutMs: "number", signal: "addEventListener" };

/** The kinds of what these options have in place of one that is left out. */
export function kindsOf(usual: object): Kinds {
  return Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, typeof value]));
}

/** Throws `invalid_argument` for what is not as `rule` has it. */
export function refuse(rule: string, value: unknown): never {
  const isObject = typeof value === "object" && value !== null;
  const isFunction = typeof value === "function";
  const found = isObject ? "an object" : isFunction ? "a function" : String(value).slice(0, 40);
  throw new RealtimeError("invalid_argument", `${rule}, not ${found}.`);
}
