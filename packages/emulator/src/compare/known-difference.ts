/**
 * One way in which a service is known to differ from the emulator, with the reason why that is right. `events` are types
 * of the core protocol; one that ends in `*` stands for all that begin so.
 *
 * - `recorded only`, `emulated only`: only one side has such events.
 * - `elsewhere`: they come at another place among the others; only their own order is compared.
 * - `fields`: these fields, and all inside of them, are otherwise or not there: `response.usage`, `item.content[].type`.
 */
export type KnownDifference = { readonly events: readonly string[]; readonly reason: string } & (
  | { readonly what: "recorded only" | "emulated only" | "elsewhere" }
  | { readonly what: "fields"; readonly paths: readonly string[] }
);

/** Whether events of this type are meant. */
export function isAbout({ events }: { readonly events: readonly string[] }, type: string): boolean {
  return events.some((event) => (event.endsWith("*") ? type.startsWith(event.slice(0, -1)) : type === event));
}
