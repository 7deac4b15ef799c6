import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Who may import whom: the table of ARCHITECTURE.md. A package that is not here may not exist. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  core: ["protocol"],
  conversation: ["core", "protocol"],
  "transport-websocket": ["core"],
  "transport-webrtc": ["core"],
  audio: [],
  testing: ["core", "protocol"],
  emulator: ["core", "protocol", "audio"],
  server: ["core", "protocol"],
  react: ["conversation", "core"],
  cli: ["protocol", "core", "conversation", "transport-websocket", "audio", "testing", "emulator", "server"],
};

const packages = readdirSync(join(root, "packages")).filter((name) =>
  existsSync(join(root, "packages", name, "package.json")),
);

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

/** Every module that a file names in an import or export. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const patterns = [
    /^(?:import|export)\s[\w\s{},*$]*?\bfrom\s+"([^"]+)"/gm,
    /^import\s+"([^"]+)"/gm,
    /\bimport\(\s*"([^"]+)"/g,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ""));
}

const read = (...path: string[]) => JSON.parse(readFileSync(join(root, ...path), "utf8"));

describe.each(packages)("packages/%s", (name) => {
  const folder = join(root, "packages", name);
  const manifest = read("packages", name, "package.json");
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const files = sources(join(folder, "src"));

  it("imports no package that the table does not allow", () => {
    const allowed = (arrows[name] ?? []).map((other) => `@duologue/${other}`);
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((module) => module.startsWith("@duologue/"))
        .filter((module) => !allowed.includes(module.split("/").slice(0, 2).join("/")))
        .map((module) => `${relative(root, file)} → ${module}`),
    );
    expect(wrong).toEqual([]);
    expect(arrows).toHaveProperty(name);
  });

  it("declares what it imports, and imports what it declares", () => {
    const used = new Set(
      files
        .flatMap(importsOf)
        .filter((module) => !module.startsWith(".") && !module.startsWith("node:"))
        .map((module) =>
          module
            .split("/")
            .slice(0, module.startsWith("@") ? 2 : 1)
            .join("/"),
        ),
    );
    expect([...used].sort()).toEqual(declared.sort());
  });

  it("names Node's own modules with their prefix", () => {
    const bare = files.flatMap((file) => importsOf(file).filter((module) => builtinModules.includes(module)));
    expect(bare).toEqual([]);
  });

  it("is published as ESM without side effects, for Node 22 and later", () => {
    expect(manifest).toMatchObject({
      name: `@duologue/${name}`,
      license: "MIT",
      type: "module",
      sideEffects: false,
      engines: { node: ">=22" },
      publishConfig: { access: "public" },
    });
    expect(Object.keys(manifest.publishConfig.exports ?? {})).toEqual(Object.keys(manifest.exports ?? {}));
  });
});

describe("browser-safe roots", () => {
  /** Every file that an entry reaches, in its own package and in others. */
  function reached(file: string, seen = new Set<string>()): Set<string> {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const module of importsOf(file)) {
      if (module.startsWith(".")) reached(join(dirname(file), module), seen);
      else if (module.startsWith("@duologue/")) {
        const [, name = "", ...path] = module.split("/");
        const entry = read("packages", name, "package.json").exports[[".", ...path].join("/")];
        reached(join(root, "packages", name, entry), seen);
      }
    }
    return seen;
  }

  it.each(["protocol", "core", "conversation", "transport-websocket", "transport-webrtc", "audio"])(
    "%s reaches no Node builtin, no ws, and no TypeBox from its root entry",
    (name) => {
      const files = reached(join(root, "packages", name, "src/index.ts"));
      const forbidden = [...files].flatMap((file) =>
        importsOf(file)
          .filter((module) => /^(node:|ws$|@sinclair\/typebox)/.test(module))
          .map((module) => `${relative(root, file)} → ${module}`),
      );
      expect(files.size).toBeGreaterThan(3);
      expect(forbidden).toEqual([]);
    },
  );
});

describe("transports", () => {
  it("name no protocol event", () => {
    const types = readdirSync(join(root, "schemas/realtime"), { recursive: true, encoding: "utf8" })
      .filter((name) => /^(client|server)\//.test(name))
      .map((name) => name.replace(/^(client|server)\/|\.json$/g, ""))
      // The word is too common to look for.
      .filter((type) => type !== "error");
    expect(types.length).toBeGreaterThan(50);
    const adapters = packages.filter((name) => name.startsWith("transport-"));
    const files = [
      ...adapters.flatMap((name) => sources(join(root, "packages", name, "src"))),
      join(root, "packages/core/src/memory-transport.ts"),
      join(root, "packages/core/src/replay.ts"),
    ];
    const named = files.flatMap((file) => {
      const text = readFileSync(file, "utf8");
      return types.filter((type) => text.includes(type)).map((type) => `${relative(root, file)}: ${type}`);
    });
    expect(adapters.length).toBeGreaterThan(0);
    expect(named).toEqual([]);
  });
});

describe("the house", () => {
  const names = ["packages", "examples", "scripts", "test"]
    .flatMap((folder) => sources(join(root, folder)))
    .filter((file) => !/\/(node_modules|dist|generated)\//.test(file));

  it("has files in kebab-case, none of them named after nothing", () => {
    const wrong = names
      .map((file) => relative(root, file))
      .filter((file) => !/^[a-z0-9./-]+$/.test(file) || /\/(utils|types|helpers)\.ts$/.test(file));
    expect(wrong).toEqual([]);
  });

  it("lists each package in ARCHITECTURE.md and in the README", () => {
    for (const document of ["ARCHITECTURE.md", "README.md"]) {
      const text = readFileSync(join(root, document), "utf8");
      for (const name of packages) expect(text, `${document} and ${name}`).toContain(name);
    }
  });
});
