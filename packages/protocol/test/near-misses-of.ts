import type { Definition, Definitions, Schema } from "../../../scripts/generate/definition.ts";
import { openString } from "../../../scripts/generate/open-string.ts";
import { samplesOf } from "./samples-of.ts";

/** A value that a definition only just refuses. */
export interface NearMiss {
  /** JSON Pointer to the place at fault. */
  readonly path: string;
  /** What is wrong there. */
  readonly fault: "missing" | "type" | "value" | "bound";
  readonly value: unknown;
}

/**
 * Values that conform to a definition but for one place, where a required field is gone, the type is another, a value
 * is not among those that are allowed, or a bound is passed by one. Made from the schema alone, at every depth.
 */
export function nearMissesOf(definition: Definition, definitions: Definitions): readonly NearMiss[] {
  const [sample] = samplesOf(definition, definitions);
  return missesIn({ schema: definition.schema, from: definition, definitions }, sample);
}

interface Place {
  readonly schema: Schema;
  readonly from: Definition;
  readonly definitions: Definitions;
}

function missesIn(place: Place, sample: unknown): readonly NearMiss[] {
  return [...missesHere(place), ...missesInside(place, sample)];
}

/** What is wrong with the value itself. */
function missesHere(place: Place): readonly NearMiss[] {
  const leaves = leavesOf(place);
  const here = (fault: NearMiss["fault"], value: unknown): NearMiss => ({ path: "", fault, value });
  const types = new Set(leaves.flatMap(typesOf));
  // What says nothing takes anything.
  if (types.size === 0) return [];
  const strangers = { string: "stranger", number: 0.5, boolean: true, null: null, object: {}, array: [] };
  const wrong = Object.entries(strangers).filter(
    ([type]) => !types.has(type) && !(type === "number" && types.has("integer")),
  );
  const texts = leaves.filter((leaf) => typesOf(leaf).includes("string"));
  const isClosed = texts.every(({ const: only, enum: some }) => only !== undefined || some !== undefined);
  // A bound tells nothing where another alternative takes the same kind of value.
  const bounds = leaves.flatMap((leaf) => {
    const others = new Set(leaves.filter((other) => other !== leaf).flatMap(typesOf));
    return typesOf(leaf).some((type) => others.has(type)) ? [] : beyond(leaf);
  });
  return [
    ...wrong.map(([, value]) => here("type", value)),
    ...(isClosed && texts.length > 0 ? [here("value", "no such value")] : []),
    ...bounds.map((value) => here("bound", value)),
    ...(types.has("integer") && !types.has("number") ? [here("type", 1.5)] : []),
  ];
}

function missesInside(place: Place, sample: unknown): readonly NearMiss[] {
  const { schema, from, definitions } = place;
  if (schema.$ref !== undefined) {
    const target = definitions.target(from, schema.$ref);
    return missesInside({ schema: target.schema, from: target, definitions }, sample);
  }
  if (openString(schema) !== undefined) return [];
  // The sample was made with the first alternative everywhere.
  const [first] = schema.anyOf ?? [];
  if (first !== undefined) return missesInside({ ...place, schema: first }, sample);
  if (schema.allOf !== undefined) {
    return schema.allOf.flatMap((part) => missesInside({ ...place, schema: part }, sample));
  }
  if (Array.isArray(sample)) {
    if (schema.items === undefined || sample.length === 0) return [];
    return under("0", missesIn({ ...place, schema: schema.items }, sample[0]), (value) =>
      sample.with(0, value),
    );
  }
  if (typeof sample !== "object" || sample === null) return [];
  const fields: Readonly<Record<string, unknown>> = { ...sample };
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const { [name]: own, ...others } = fields;
    const isRequired = schema.required?.includes(name) === true;
    const gone: readonly NearMiss[] = isRequired
      ? [{ path: `/${name}`, fault: "missing", value: others }]
      : [];
    return [
      ...gone,
      ...under(name, missesIn({ ...place, schema: part }, own), (value) => ({ ...fields, [name]: value })),
    ];
  });
}

function under(
  name: string,
  misses: readonly NearMiss[],
  put: (value: unknown) => unknown,
): readonly NearMiss[] {
  return misses.map((miss) => ({ ...miss, path: `/${name}${miss.path}`, value: put(miss.value) }));
}

/** The alternatives that a schema consists of, without references, unions and intersections. */
function leavesOf({ schema, from, definitions }: Place): readonly Schema[] {
  if (schema.$ref !== undefined) {
    const target = definitions.target(from, schema.$ref);
    return leavesOf({ schema: target.schema, from: target, definitions });
  }
  const parts = schema.anyOf ?? schema.allOf?.slice(0, 1);
  if (parts !== undefined) return parts.flatMap((part) => leavesOf({ schema: part, from, definitions }));
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => ({ ...schema, type }));
  return [schema];
}

function typesOf({ type, const: only, enum: some }: Schema): readonly string[] {
  if (only !== undefined) return [typeof only];
  if (some !== undefined) return ["string"];
  return typeof type === "string" ? [type] : [];
}

/** The values one step beyond each bound. */
function beyond({
  minimum,
  maximum,
  maxLength,
  minItems,
  maxProperties,
  propertyNames,
}: Schema): readonly unknown[] {
  const step = Number.isInteger(minimum ?? 0) && Number.isInteger(maximum ?? 0) ? 1 : 0.01;
  return [
    ...(minimum === undefined ? [] : [minimum - step]),
    ...(maximum === undefined ? [] : [maximum + step]),
    ...(maxLength === undefined ? [] : ["x".repeat(maxLength + 1)]),
    ...(minItems === undefined ? [] : [Array.from({ length: minItems - 1 }, () => "x")]),
    ...(maxProperties === undefined
      ? []
      : [Object.fromEntries(Array.from({ length: maxProperties + 1 }, (_, index) => [`k${index}`, "x"]))]),
    ...(propertyNames === undefined ? [] : [{ ["k".repeat(propertyNames.maxLength + 1)]: "x" }]),
  ];
}
