import { join } from "node:path";
import type { TSchema } from "@sinclair/typebox";
import { readDefinitions } from "../../../scripts/generate/definition.ts";
import type { Check } from "../src/check.ts";
import * as schemas from "../src/schemas.ts";
import * as validators from "../src/validators.ts";

/** Where the repository begins. */
export const root = join(import.meta.dirname, "../../..");

/** Every schema of the repository. */
export const definitions = readDefinitions(join(root, "schemas"));

/** The generated validator of a definition. Throws when there is none. */
export function checkOf(name: string): Check {
  const check: unknown = Reflect.get(validators, `check${name}`);
  if (typeof check !== "function") throw new Error(`no validator for ${name}`);
  // Every export with such a name is a check.
  return check as Check;
}

/** The TypeBox schema of a definition. Throws when there is none. */
export function typeboxOf(name: string): TSchema {
  const schema: unknown = Reflect.get(schemas, name);
  if (typeof schema !== "object" || schema === null) throw new Error(`no TypeBox schema for ${name}`);
  // Every export of that module is a schema.
  return schema as TSchema;
}
