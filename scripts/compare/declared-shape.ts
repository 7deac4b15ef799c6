import type {
  TSInterfaceDeclaration,
  TSPropertySignature,
  TSSignature,
  TSType,
  TSTypeName,
} from "oxc-parser";
import type { Declaration, Declarations } from "./declarations.ts";
import type { Field, NamedShape, Shape, SimpleName } from "./shape.ts";

/** A declared type as a shape, with the name of the declaration. Opening it throws on syntax that has no shape. */
export function shapeOfDeclaration(declaration: Declaration, all: Declarations): NamedShape {
  const named = (name: string): NamedShape => {
    const found = all.lookUp(name, declaration);
    if (found === undefined)
      throw new Error(`${declaration.module}: ${declaration.name}: there is no ${name}`);
    return shapeOfDeclaration(found, all);
  };

  const shapeOf = (type: TSType): Shape => {
    const simple = simpleNames[type.type];
    if (simple !== undefined) return { kind: "simple", name: simple };
    switch (type.type) {
      case "TSParenthesizedType":
        return shapeOf(type.typeAnnotation);
      case "TSTypeOperator":
        if (type.operator === "readonly") return shapeOf(type.typeAnnotation);
        break;
      case "TSUnionType":
        // A field that is undefined is one that is not there; `optional` says that.
        return {
          kind: "union",
          parts: type.types.filter((part) => part.type !== "TSUndefinedKeyword").map(shapeOf),
        };
      case "TSArrayType":
        return { kind: "list", element: shapeOf(type.elementType) };
      case "TSLiteralType":
        if (type.literal.type === "Literal") {
          const { value } = type.literal;
          if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
            return { kind: "literal", value };
          }
        }
        break;
      case "TSIntersectionType": {
        // `string & {}` is a string beside which an editor still offers the known ones.
        const [first, second, ...more] = type.types;
        const open = second?.type === "TSTypeLiteral" && second.members.length === 0 && more.length === 0;
        if (first !== undefined && open) return shapeOf(first);
        break;
      }
      case "TSTypeLiteral":
        return objectOf(type.members);
      case "TSTypeReference": {
        const name = written(type.typeName);
        const parameters = type.typeArguments?.params ?? [];
        const last = parameters.at(-1);
        if (last === undefined) return named(name);
        if (name === "Array" || name === "ReadonlyArray") return { kind: "list", element: shapeOf(last) };
        if (name === "Record") return mapOf(shapeOf(last));
        break;
      }
    }
    throw new Error(`${declaration.module}: ${declaration.name} has a ${type.type} that cannot be compared`);
  };

  const objectOf = (members: readonly TSSignature[]): Shape => {
    const index = members.find((member) => member.type === "TSIndexSignature");
    if (index !== undefined) return mapOf(shapeOf(index.typeAnnotation.typeAnnotation));
    if (members.length === 0) return { kind: "simple", name: "object" };
    return { kind: "object", fields: new Map(fieldsOf(members)) };
  };

  const fieldsOf = (members: readonly TSSignature[]): readonly (readonly [string, Field])[] =>
    members.flatMap((member) => {
      if (member.type !== "TSPropertySignature") return [];
      const type = member.typeAnnotation?.typeAnnotation;
      const shape: Shape = type === undefined ? { kind: "simple", name: "unknown" } : shapeOf(type);
      return [[keyOf(member), { optional: member.optional, shape }] as const];
    });

  const interfaceOf = ({ body, extends: bases }: TSInterfaceDeclaration): Shape => {
    const inherited = bases.flatMap(({ expression }) => {
      if (expression.type !== "Identifier") throw new Error(`${declaration.name} extends an expression`);
      const base = named(expression.name).open();
      return base.kind === "object" ? [...base.fields] : [];
    });
    if (inherited.length === 0) return objectOf(body.body);
    return { kind: "object", fields: new Map([...inherited, ...fieldsOf(body.body)]) };
  };

  const { name, type } = declaration;
  return {
    kind: "named",
    name,
    open: () => (type.type === "TSInterfaceDeclaration" ? interfaceOf(type) : shapeOf(type)),
  };
}

const simpleNames: Readonly<Record<string, SimpleName>> = {
  TSStringKeyword: "string",
  TSNumberKeyword: "number",
  TSBooleanKeyword: "boolean",
  TSNullKeyword: "null",
  TSUnknownKeyword: "unknown",
  TSAnyKeyword: "unknown",
  TSObjectKeyword: "object",
};

/** A map to anything is any object. */
function mapOf(value: Shape): Shape {
  const open = value.kind === "simple" && value.name === "unknown";
  return open ? { kind: "simple", name: "object" } : { kind: "map", value };
}

function keyOf({ key }: TSPropertySignature): string {
  if (key.type === "Identifier") return key.name;
  if (key.type === "Literal") return String(key.value);
  throw new Error(`a field is named by a ${key.type}`);
}

function written(name: TSTypeName): string {
  if (name.type === "Identifier") return name.name;
  return name.type === "TSQualifiedName" ? `${written(name.left)}.${name.right.name}` : "this";
}
