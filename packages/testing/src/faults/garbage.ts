import type { SeededRandom } from "../seeded-random.ts";

/** Frames that are no event of any protocol, or one of none that is known. */
const nonsense = [
  "",
  " ",
  "null",
  "true",
  "42",
  '"session.created"',
  "[]",
  "{}",
  '{"type":null}',
  '{"type":42}',
  '{"type":""}',
  '{"type":"weather.changed","to":{"sky":"clear"}}',
  '{"type":"__proto__"}',
  '{"type":"constructor"}',
  '{"type":"toString","__proto__":{"type":"error"}}',
  '{"type":"error"}',
  '{"type":"error","error":null}',
  '{"type":"error","error":"a bare sentence"}',
  "<html><body>502 Bad Gateway</body></html>",
  "binary frame of 3 bytes, base64: /wD+",
  '{"type":"\ud800"}',
  `${"[".repeat(500)}${"]".repeat(500)}`,
];

const wrongValues: readonly unknown[] = [null, 0, -1, "", "?", [], {}, true];

/** A frame that nobody should have sent: nonsense, `frame` cut short, or `frame` with fields missing or wrong. */
export function garbage(frame: string, random: SeededRandom): string {
  const kind = random.below(4);
  const event = kind >= 2 ? fieldsOf(frame) : undefined;
  if (kind === 1) return frame.slice(0, random.below(frame.length));
  if (event === undefined) return nonsense[random.below(nonsense.length)] ?? "";
  const names = Object.keys(event).filter((name) => name !== "type");
  const name = names[random.below(names.length)];
  if (name === undefined) return JSON.stringify({ ...event, type: `${String(event.type)}.unheard_of` });
  const { [name]: was, ...rest } = event;
  if (kind === 2) return JSON.stringify(rest);
  const others = wrongValues.filter((value) => JSON.stringify(value) !== JSON.stringify(was));
  return JSON.stringify({ ...event, [name]: others[random.below(others.length)] });
}

function fieldsOf(frame: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(frame);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
