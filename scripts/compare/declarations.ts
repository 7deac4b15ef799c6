import { posix } from "node:path";
import { type Program, parseSync, type TSInterfaceDeclaration, type TSType } from "oxc-parser";

/** An interface or the type behind an alias. */
export interface Declaration {
  /** The module's path without its ending. */
  readonly module: string;
  /** With dots for namespaces. */
  readonly name: string;
  readonly type: TSInterfaceDeclaration | TSType;
}

/** The types that modules declare. */
export interface Declarations {
  /** The declaration that `name` means in `module`; `undefined` when there is none. Throws when the module is missing. */
  find(module: string, name: string): Declaration | undefined;
  /** The declaration that `name`, as written in `from`, means: the nearest one around it, or an imported one. */
  lookUp(name: string, from: Declaration): Declaration | undefined;
}

interface Module {
  readonly declared: ReadonlyMap<string, Declaration>;
  /** By local name: the module, and the name there; no name for the module as a namespace. */
  readonly imported: ReadonlyMap<string, { readonly module: string; readonly name?: string }>;
}

/**
 * The types of modules whose TypeScript declarations `read` gives by the module's path without its ending;
 * `undefined` for a module that it does not have. Modules are read when something in them is asked for.
 */
export function declarations(read: (module: string) => string | undefined): Declarations {
  const modules = new Map<string, Module>();
  const moduleAt = (path: string): Module => {
    const known = modules.get(path) ?? parsed(path, read(path));
    modules.set(path, known);
    return known;
  };

  const find = (module: string, name: string): Declaration | undefined => {
    const { declared, imported } = moduleAt(module);
    const here = declared.get(name);
    if (here !== undefined) return here;
    const [first = "", ...rest] = name.split(".");
    const source = imported.get(first);
    if (source === undefined) return undefined;
    return find(source.module, [...(source.name === undefined ? [] : [source.name]), ...rest].join("."));
  };

  return {
    find,
    lookUp: (name, from) => {
      const around = from.name.split(".");
      for (let depth = around.length; depth >= 0; depth--) {
        const found = find(from.module, [...around.slice(0, depth), name].join("."));
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

function parsed(path: string, text: string | undefined): Module {
  if (text === undefined) throw new Error(`there are no declarations of ${path}`);
  const { program, errors } = parseSync(`${path}.d.ts`, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path}.d.ts cannot be read: ${error.message}`);
  return {
    declared: new Map(declaredIn(program.body, path, [])),
    imported: new Map(importedInto(program, path)),
  };
}

function declaredIn(
  statements: Program["body"],
  module: string,
  around: readonly string[],
): readonly (readonly [string, Declaration])[] {
  return statements.flatMap((statement) => {
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declared?.type === "TSInterfaceDeclaration" || declared?.type === "TSTypeAliasDeclaration") {
      const name = [...around, declared.id.name].join(".");
      const type = declared.type === "TSInterfaceDeclaration" ? declared : declared.typeAnnotation;
      return [[name, { module, name, type }] as const];
    }
    if (declared?.type === "TSModuleDeclaration" && declared.id.type === "Identifier") {
      const inside = declared.body?.body ?? [];
      return declaredIn(inside, module, [...around, declared.id.name]);
    }
    return [];
  });
}

function importedInto({ body }: Program, path: string) {
  return body.flatMap((statement) => {
    if (statement.type !== "ImportDeclaration") return [];
    const module = posix.join(posix.dirname(path), statement.source.value.replace(/\.[cm]?js$/, ""));
    return statement.specifiers.map((specifier) => {
      if (specifier.type === "ImportNamespaceSpecifier") return [specifier.local.name, { module }] as const;
      const name =
        specifier.type === "ImportSpecifier" && specifier.imported.type === "Identifier"
          ? specifier.imported.name
          : "default";
      return [specifier.local.name, { module, name }] as const;
    });
  });
}
