/** The JSON types of every field, by path; `missing` is among them where not all that were looked at have it. */
export type Shape = ReadonlyMap<string, ReadonlySet<string>>;

/** The shape of several events of one type; elements of a list are folded into one. */
export function shapeOf(events: readonly object[]): Shape {
  const shape = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const event of events) {
    const own = new Map<string, Set<string>>();
    gather(event, "", own);
    for (const [path, types] of own) {
      shape.set(path, new Set([...(shape.get(path) ?? []), ...types]));
      counts.set(path, (counts.get(path) ?? 0) + 1);
    }
  }
  for (const [path, types] of shape) if ((counts.get(path) ?? 0) < events.length) types.add("missing");
  return shape;
}

/** A field whose types differ, in the words of `Difference`. */
export interface ShapeDifference {
  readonly path: string;
  readonly recorded: string;
  readonly emulated: string;
}

/** The outermost fields in which two shapes differ; nothing inside of one that differs itself. */
export function shapeDifferences(recorded: Shape, emulated: Shape): readonly ShapeDifference[] {
  const found: ShapeDifference[] = [];
  for (const path of [...new Set([...recorded.keys(), ...emulated.keys()])].sort()) {
    if (found.some((outer) => isWithin(path, outer.path))) continue;
    const [one, other] = [typesAt(recorded, path), typesAt(emulated, path)];
    if (one !== other) found.push({ path, recorded: one, emulated: other });
  }
  return found;
}

/** Whether a path is that of a field, or of something inside of it. */
export function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function gather(value: unknown, path: string, shape: Map<string, Set<string>>): void {
  if (path !== "") {
    const types = shape.get(path) ?? new Set();
    shape.set(path, types.add(typeOf(value)));
  }
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const element of value) gather(element, `${path}[]`, shape);
    return;
  }
  for (const [key, field] of Object.entries(value))
    gather(field, path === "" ? key : `${path}.${key}`, shape);
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function typesAt(shape: Shape, path: string): string {
  return [...(shape.get(path) ?? ["missing"])].sort().join(" or ");
}
