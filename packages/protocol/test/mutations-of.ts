/** A value with one place changed. */
export interface Mutation {
  /** JSON Pointer to the place. */
  readonly path: string;
  /** What was done there. */
  readonly what: string;
  readonly value: unknown;
}

const strangers: readonly unknown[] = ["no such value", 0.5, -1, 5_000_000, true, null, [], [0], {}];

/** Every way of taking out one place of a JSON value, or of putting something else there, down to `depth` steps. */
export function mutationsOf(value: unknown, depth: number): readonly Mutation[] {
  return [
    ...strangers.map((stranger) => ({ path: "", what: `is ${JSON.stringify(stranger)}`, value: stranger })),
    ...inside(value, depth),
  ];
}

function inside(value: unknown, depth: number): readonly Mutation[] {
  if (typeof value !== "object" || value === null || depth === 0) return [];
  return Object.entries(value).flatMap(([key, field]) => {
    const step = `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const put = (other: unknown) =>
      Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
    const without = (): Mutation[] => {
      if (Array.isArray(value)) return [];
      const { [key]: _, ...rest } = value as Record<string, unknown>;
      return [{ path: step, what: "is gone", value: rest }];
    };
    return [
      ...without(),
      ...strangers.map((other) => ({ path: step, what: `is ${JSON.stringify(other)}`, value: put(other) })),
      ...inside(field, depth - 1).map((deep) => ({
        ...deep,
        path: step + deep.path,
        value: put(deep.value),
      })),
    ];
  });
}

/** The value with a field that no schema knows in every object. */
export function withStrangeFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withStrangeFields);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([key, field]) => [key, withStrangeFields(field)]);
  return { ...Object.fromEntries(fields), "x strange": { kept: [1] } };
}
