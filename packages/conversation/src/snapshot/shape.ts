/** Looks at a JSON value; a complaint that names the place and says what should be there, or `undefined`. */
export type Check = (value: unknown, place: string) => string | undefined;

/** A field that need not be there. */
interface Optional {
  readonly optional: Check;
}

/** One check for each field of T. A field left out, or optional here and not there, does not compile. */
type Fields<T> = { readonly [K in keyof T]-?: object extends Pick<T, K> ? Optional : Check };

/** A field that need not be there. */
export function optional(check: Check): Optional {
  return { optional: check };
}

/** Any text. */
export const text: Check = (value, place) =>
  typeof value === "string" ? undefined : wrong(place, "a string", value);

/** Any number, none of those that JSON has no word for. */
export const number: Check = (value, place) =>
  typeof value === "number" && Number.isFinite(value) ? undefined : wrong(place, "a number", value);

/** A number from 0. */
export const amount: Check = (value, place) =>
  number(value, place) ?? (Number(value) >= 0 ? undefined : wrong(place, "a number from 0", value));

/** `true` or `false`. */
export const flag: Check = (value, place) =>
  typeof value === "boolean" ? undefined : wrong(place, "true or false", value);

/** An object of the service's, kept as it came. */
export const record: Check = (value, place) =>
  isRecord(value) ? undefined : wrong(place, "an object", value);

/** One of some values, all of which JSON has. */
export function oneOf<T extends string | number>(...values: readonly T[]): Check {
  const list = values.map((value) => JSON.stringify(value)).join(", ");
  return (value, place) => {
    const isKnown = values.some((known) => known === value);
    return isKnown ? undefined : wrong(place, values.length === 1 ? list : `one of ${list}`, value);
  };
}

/** `null`, or what `check` takes. */
export function nullable(check: Check): Check {
  return (value, place) => (value === null ? undefined : check(value, place));
}

/** A list of things of one kind. */
export function list(check: Check): Check {
  return (value, place) => {
    if (!Array.isArray(value)) return wrong(place, "a list", value);
    return first(value, (item, index) => check(item, `${place}[${index}]`));
  };
}

/** An object with these fields and no others. */
export function shape<T extends object>(fields: Fields<T>): Check {
  // What holds for each field of T holds for those that are gone through.
  const checks = Object.entries<Check | Optional>(fields);
  return (value, place) => {
    if (!isRecord(value)) return wrong(place, "an object", value);
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
    if (unknown !== undefined) return `${at(place, unknown)} is not known`;
    return first(checks, ([name, check]) => {
      if (typeof check === "function") return check(value[name], at(place, name));
      return value[name] === undefined ? undefined : check.optional(value[name], at(place, name));
    });
  };
}

/** An object that is of one of several shapes, by its `type`. */
export function byType(shapes: Readonly<Record<string, Check>>): Check {
  const type = oneOf(...Object.keys(shapes));
  return (value, place) => {
    if (!isRecord(value)) return wrong(place, "an object", value);
    return type(value.type, at(place, "type")) ?? shapes[String(value.type)]?.(value, place);
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function at(place: string, name: string): string {
  return place === "" ? name : `${place}.${name}`;
}

function first<T>(
  values: readonly T[],
  complaint: (value: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, value] of values.entries()) {
    const found = complaint(value, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function wrong(place: string, wanted: string, value: unknown): string {
  if (value === undefined) return `${place || "it"} is missing; it must be ${wanted}`;
  const shown = JSON.stringify(value);
  const short = shown.length > 40 ? `${shown.slice(0, 39)}…` : shown;
  return `${place || "it"} must be ${wanted}, and is ${short}`;
}
