type Schema = Readonly<Record<string, unknown>>;

/** Whether a value is what a JSON Schema says, for the words that schemas of this package use; throws on any other. */
export function isWhatSchemaSays(value: unknown, schema: Schema, root: Schema = schema): boolean {
  return Object.entries(schema).every(([word, said]) => {
    const rule = rules[word];
    if (rule === undefined) throw new Error(`The schema says '${word}', which nobody checks.`);
    return rule(value, said, (inner, of) => isWhatSchemaSays(inner, of as Schema, root), schema, root);
  });
}

type Check = (value: unknown, schema: unknown) => boolean;
type Rule = (value: unknown, said: unknown, check: Check, schema: Schema, root: Schema) => boolean;

const isObject = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const remark: Rule = () => true;

const rules: Readonly<Record<string, Rule>> = {
  $schema: remark,
  $id: remark,
  $comment: remark,
  $defs: remark,
  title: remark,
  description: remark,
  $ref: (value, said, check, _, root) =>
    check(value, (root.$defs as Schema)[String(said).replace("#/$defs/", "")]),
  type: (value, said) => {
    if (said === "object") return isObject(value);
    if (said === "array") return Array.isArray(value);
    if (said === "null") return value === null;
    if (said === "integer") return Number.isInteger(value);
    return typeof value === said;
  },
  const: (value, said) => value === said,
  enum: (value, said) => (said as readonly unknown[]).includes(value),
  anyOf: (value, said, check) => (said as readonly unknown[]).some((schema) => check(value, schema)),
  not: (value, said, check) => !check(value, said),
  required: (value, said) =>
    !isObject(value) || (said as string[]).every((name) => Object.hasOwn(value, name)),
  properties: (value, said, check) =>
    !isObject(value) ||
    Object.entries(said as Schema).every(
      ([name, of]) => !Object.hasOwn(value, name) || check(value[name], of),
    ),
  additionalProperties: (value, said, check, { properties = {} }) =>
    !isObject(value) ||
    Object.entries(value).every(
      ([name, field]) => Object.hasOwn(properties as Schema, name) || (said !== false && check(field, said)),
    ),
  dependentSchemas: (value, said, check) =>
    !isObject(value) ||
    Object.entries(said as Schema).every(([name, of]) => !Object.hasOwn(value, name) || check(value, of)),
  propertyNames: (value, said, check) =>
    !isObject(value) || Object.keys(value).every((name) => check(name, said)),
  items: (value, said, check) => !Array.isArray(value) || value.every((item) => check(item, said)),
  minItems: (value, said) => !Array.isArray(value) || value.length >= Number(said),
  maxItems: (value, said) => !Array.isArray(value) || value.length <= Number(said),
  minimum: (value, said) => typeof value !== "number" || value >= Number(said),
  maximum: (value, said) => typeof value !== "number" || value <= Number(said),
  minLength: (value, said) => typeof value !== "string" || value.length >= Number(said),
  maxLength: (value, said) => typeof value !== "string" || value.length <= Number(said),
  pattern: (value, said) => typeof value !== "string" || new RegExp(String(said)).test(value),
};
