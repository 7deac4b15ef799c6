/** The command line asks for what there is not; its message names the option and what it takes. */
export class UsageError extends Error {
  override name = "UsageError";
}
