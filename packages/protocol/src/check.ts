import type { Issue } from "./protocol.ts";

/**
 * What a check found: `undefined` when the value conforms, so that the common case allocates nothing. Paths are
 * relative to the value that was checked. The list belongs to whoever called: checks add to it.
 */
export type Found = Issue[] | undefined;

/** Compares a value with one schema. Never throws. */
export type Check = (value: unknown) => Found;

type Fields = Readonly<Record<string, unknown>>;

/** A JSON object: no array and not `null`. */
export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a text has at most so many characters, counted as Unicode code points. */
export function isShort(text: string, most: number): boolean {
  return text.length <= most || (text.length <= 2 * most && text.length - pairsIn(text) <= most);
}

/** How many characters of a text take two code units. */
function pairsIn(text: string): number {
  let pairs = 0;
  for (let index = 1; index < text.length; index++) {
    if (isIn(text.charCodeAt(index - 1), 0xd800) && isIn(text.charCodeAt(index), 0xdc00)) pairs++;
  }
  return pairs;
}

function isIn(codeUnit: number, first: number): boolean {
  return codeUnit >= first && codeUnit < first + 0x400;
}

/** The value itself is not what was expected. */
export function unlike(expected: string, value: unknown): Found {
  return [{ path: "", message: differenceOf(expected, value) }];
}

/** `found` and that the field `key` is not what was expected, or missing. */
export function wrong(found: Found, fields: Fields, key: string, expected: string): Found {
  return at(found, key, unlike(expected, fields[key]));
}

/** `found` and what was found inside the field or element `key`. */
export function at(found: Found, key: string | number, inside: Found): Found {
  if (inside === undefined) return found;
  const step = `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const all = found ?? [];
  for (const { path, message } of inside) all.push({ path: step + path, message });
  return all;
}

/** `found` and what another check found of the same value, without what `found` says already. */
export function also(found: Found, more: Found): Found {
  if (found === undefined || more === undefined) return found ?? more;
  const said = new Set(found.map(({ path, message }) => `${path} ${message}`));
  for (const issue of more) if (!said.has(`${issue.path} ${issue.message}`)) found.push(issue);
  return found;
}

/** What is wrong with a list: with its elements, or that there are fewer than `least`. */
export function listOf(value: unknown, check: Check, least = 0): Found {
  if (!Array.isArray(value)) return unlike("an array", value);
  if (value.length < least) return unlike(`an array of at least ${least}`, value);
  let found: Found;
  for (let index = 0; index < value.length; index++) found = at(found, index, check(value[index]));
  return found;
}

/** What is wrong with a map: with its values, its keys or their number. */
export function mapOf(
  value: unknown,
  check: Check,
  mostPairs = Infinity,
  mostKeyCharacters = Infinity,
): Found {
  if (!isObject(value)) return unlike("an object", value);
  let found: Found;
  let pairs = 0;
  for (const key in value) {
    // A field that is undefined is not sent.
    if (value[key] === undefined) continue;
    pairs++;
    found = at(found, key, check(value[key]));
    if (!isShort(key, mostKeyCharacters)) {
      found = at(found, key, unlike(`a key of at most ${mostKeyCharacters} characters`, key));
    }
  }
  return pairs <= mostPairs ? found : also(unlike(`at most ${mostPairs} pairs`, value), found);
}

/** A text of any length. */
export function text(value: unknown): Found {
  return typeof value === "string" ? undefined : unlike("a string", value);
}

/** A finite number within bounds, both included. */
export function isNumber(value: unknown, least = -Infinity, most = Infinity): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= least && value <= most;
}

/** A whole number within bounds, both included. */
export function isInteger(value: unknown, least = -Infinity, most = Infinity): boolean {
  return Number.isInteger(value) && isNumber(value, least, most);
}

function differenceOf(expected: string, value: unknown): string {
  return value === undefined
    ? `missing: expected ${expected}`
    : `expected ${expected}, found ${nounFor(value)}`;
}

const mostQuotedCharacters = 40;

function nounFor(value: unknown): string {
  switch (typeof value) {
    case "string": {
      const start = value.length > mostQuotedCharacters ? `${value.slice(0, mostQuotedCharacters)}…` : value;
      return JSON.stringify(start);
    }
    case "number":
    case "boolean":
      return String(value);
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? `an array of ${value.length}` : "an object";
    default:
      return `a ${typeof value}`;
  }
}
