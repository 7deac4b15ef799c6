import { join } from "node:path";
import { bundled } from "../size/bundled.ts";
import { formatted } from "./formatted.ts";
import { provenance } from "./provenance.ts";

const folder = "packages/audio/src/worklet";
const origin = { name: "worklets", files: `${folder}/**/*.ts` };

const program = `
  import { registerProcessors } from "./register-processors.ts";
  // Elsewhere there is nothing to register with, and importing this does nothing.
  if (typeof registerProcessor === "function") registerProcessors(globalThis);
`;

/**
 * The module of the audio thread in one piece, bundled from the same sources that run elsewhere, so that there is no
 * second copy of anything: once as a module to be served, once as a text from which a page makes a module.
 */
export async function workletSources(): Promise<
  readonly { readonly path: string; readonly content: string }[]
> {
  const from = join(import.meta.dirname, "../..", folder);
  const [readable, short] = await Promise.all([
    bundled(program, { from, minify: false }),
    bundled(program, { from }),
  ]);
  const maker = "worklet-source.ts";
  const moduleHead = provenance(maker, "The module of the audio thread, to be served as it is.", origin);
  const textHead = provenance(maker, "The module of the audio thread, as a text.", origin);
  return [
    {
      path: "packages/audio/src/generated/worklets.ts",
      // Its types were checked where they stand.
      content: formatted(`${moduleHead}// @ts-nocheck\n\n${readable}\nexport {};\n`),
    },
    {
      path: "packages/audio/src/generated/worklets-text.ts",
      content: formatted(`${textHead}export const workletsText =\n  ${JSON.stringify(short)};\n`),
    },
  ];
}
