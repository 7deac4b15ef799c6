/** A bundle whose size is written down. */
export interface Bundle {
  /** What it lets a program do. */
  readonly name: string;
  /** What it consists of, as Markdown. */
  readonly contents: string;
  /** The program. Its imports are resolved from `packages/protocol`. */
  readonly program: string;
  /** The most it may be, in bytes, minified and gzipped. */
  readonly mostGzipBytes?: number;
}

/** What programs take from the protocol, from the smallest part to the whole. */
export const ownBundles: readonly Bundle[] = [
  {
    name: "one event's validator",
    contents: "`checkResponseOutputAudioDeltaEvent`",
    program: `export { checkResponseOutputAudioDeltaEvent } from "./src/validators.ts";`,
    mostGzipBytes: 1_000,
  },
  {
    name: "one large event's validator",
    contents: "`checkResponseDoneEvent` and the shapes in it: the response, its items, their parts, usage",
    program: `export { checkResponseDoneEvent } from "./src/validators.ts";`,
  },
  {
    name: "decode, encode and guards",
    contents:
      "`decodeServerFrame`, `decodeClientFrame`, `encode`, `isServerEvent`, `isClientEvent` and their kin",
    program: `export {
      decodeClientFrame, decodeServerFrame, encode, isClientEvent, isClientEventType, isServerEvent, isServerEventType,
    } from "./src/index.ts";`,
    mostGzipBytes: 3_000,
  },
  {
    name: "the protocol without validation",
    contents: "`realtimeProtocol()`: the above, acknowledgements, error codes, close codes",
    program: `export { realtimeProtocol } from "./src/index.ts";`,
  },
  {
    name: "full validation of all events",
    contents: "`fullValidation`: every client and server event, every field",
    program: `export { fullValidation } from "./src/index.ts";`,
    mostGzipBytes: 20_000,
  },
  {
    name: "the protocol with full validation",
    contents: "`openaiRealtime`",
    program: `export { openaiRealtime } from "./src/index.ts";`,
    mostGzipBytes: 20_000,
  },
  {
    name: "the translation protocol",
    contents: "`openaiTranslation`, with full validation",
    program: `export { openaiTranslation } from "./src/index.ts";`,
  },
  {
    name: "the protocol in a dialect",
    contents: "`dialect(openaiRealtime, xai)`, with full validation",
    program: `import { dialect, xai } from "./src/dialects.ts"; import { openaiRealtime } from "./src/index.ts";
      export const protocol = dialect(openaiRealtime, xai);`,
  },
];

/** What the same would cost with libraries that build their validators when a program runs. */
export const otherBundles: readonly Bundle[] = [
  {
    name: "TypeBox with its run-time compiler",
    contents: "`Type` and `TypeCompiler`, before any schema",
    program: `export { Type } from "@sinclair/typebox"; export { TypeCompiler } from "@sinclair/typebox/compiler";`,
  },
  {
    name: "zod",
    contents: "one object of two fields",
    program: `import * as z from "zod"; export const event = z.object({ type: z.literal("error"), message: z.string() });`,
  },
  {
    name: "zod mini",
    contents: "one object of two fields",
    program: `import * as z from "zod/mini"; export const event = z.object({ type: z.literal("error"), message: z.string() });`,
  },
];
