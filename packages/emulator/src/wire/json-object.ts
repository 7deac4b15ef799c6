import { fieldRefusal } from "./refusal.ts";
import { anyObject, type Shape, shape } from "./shape.ts";

/** Takes objects that can be written as JSON: one of a program may contain itself, or a `bigint`. */
export const jsonObjectShape: Shape = shape(
  (value, path) => anyObject(value, path) ?? unwritable(value, path),
  anyObject.schema,
);

function unwritable(value: unknown, path: string) {
  try {
    JSON.stringify(value);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
    return fieldRefusal("invalid_value", path, `Invalid '${path}': it cannot be written as JSON. ${why}`);
  }
}
