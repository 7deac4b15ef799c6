import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

// To be run as `pnpm packages`, so that pnpm is on the path. Builds and packs every package, checks the tarballs with publint and attw, then installs them into an empty project
// and holds a conversation there: what is published is not what the tests run.

const root = fileURLToPath(new URL("../", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "duologue-packages-"));
const tarballs = join(work, "tarballs");
const project = join(work, "project");
const bin = (name: string) => join(root, "node_modules/.bin", name);

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string>>;
}

function run(command: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    // execFileSync throws an error that carries what the command printed.
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${basename(command)} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const packages = readdirSync(join(root, "packages"))
  .map((name) => join(root, "packages", name))
  .filter((folder) => existsSync(join(folder, "package.json")))
  .map((folder) => ({
    folder,
    manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest,
  }));

try {
  mkdirSync(tarballs);
  mkdirSync(project);
  run(bin("turbo"), ["run", "build"], root);
  say(`built     ${packages.length} packages`);

  const files: Record<string, string> = {};
  for (const { folder, manifest } of packages) {
    const before = new Set(readdirSync(tarballs));
    run("pnpm", ["pack", "--pack-destination", tarballs], folder);
    const tarball = readdirSync(tarballs).find((file) => !before.has(file));
    if (tarball === undefined) throw new Error(`${manifest.name} was packed into nothing`);
    files[manifest.name] = `file:${join(tarballs, tarball)}`;
    run(bin("publint"), ["--strict", join(tarballs, tarball)], root);
    if (manifest.exports !== undefined) {
      run(bin("attw"), [join(tarballs, tarball), "--profile", "esm-only"], root);
    }
    say(`packed    ${tarball}, publint and attw are content`);
  }

  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "empty", private: true, type: "module", dependencies: files, overrides: files }),
  );
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], project);

  for (const { manifest } of packages) {
    for (const path of Object.keys(manifest.exports ?? {}).filter((path) => !path.endsWith(".json"))) {
      const specifier = join(manifest.name, path);
      const script = `import(${JSON.stringify(specifier)}).then((module) => console.log(Object.keys(module).length))`;
      const names = run(
        process.execPath,
        ["--disallow-code-generation-from-strings", "-e", script],
        project,
      ).trim();
      say(`imported  ${specifier}, ${names} values`);
    }
  }

  cpSync(join(root, "examples/hello/hello.ts"), join(project, "hello.ts"));
  const said = run(process.execPath, ["hello.ts"], project).trim();
  if (!/assistant: \w/.test(said)) throw new Error(`hello.ts said nothing sensible:\n${said}`);
  say(`ran       hello.ts:\n  ${said.replaceAll("\n", "\n  ")}`);

  writeFileSync(join(project, "tsconfig.json"), readFileSync(join(root, "examples/consumer.tsconfig.json")));
  run(bin("tsc"), ["--noEmit"], project);
  say("compiled  hello.ts against the published declarations");

  const help = run(join(project, "node_modules/.bin/duologue"), ["--help"], project);
  if (!help.includes("replay FILE")) throw new Error(`duologue --help said:\n${help}`);
  say("ran       duologue --help");
} finally {
  rmSync(work, { recursive: true, force: true });
}
