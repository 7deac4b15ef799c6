import type { Prompt, SessionConfig } from "@duologue/protocol";

/** A prompt that a provider keeps: settings of a session, or of a response, which those beside it override. */
export interface StoredPrompt extends Pick<SessionConfig, "tools" | "tool_choice"> {
  /** May name variables, as in `Speak of {{city}}.`; each of them has to be given a value, and no other. */
  readonly instructions?: string;
}

/**
 * The prompts that there are: by `id` for their current version and by `id@version` for each other, or a function that
 * gives `undefined` for one that there is not. It must give the same prompt for the same arguments.
 */
export type StoredPrompts =
  | Readonly<Record<string, StoredPrompt>>
  | ((prompt: Prompt) => StoredPrompt | undefined);

/** The prompt that is meant; `undefined` where there is none. */
export function storedPrompt(prompts: StoredPrompts, prompt: Prompt): StoredPrompt | undefined {
  if (typeof prompts === "function") return prompts(prompt);
  const { id, version } = prompt;
  const key = version ? `${id}@${version}` : id;
  return Object.hasOwn(prompts, key) ? prompts[key] : undefined;
}

/** The names of the variables in a text, each once. */
export function variablesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(variable)].map(([, name = ""]) => name))];
}

/** A text with the values of its variables; one without a value stands for nothing. */
export function withVariables(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(variable, (_, name: string) => wordsOf(values[name]));
}

const variable = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** A variable may be a text, or an input part of the Responses API, of which only `input_text` has words. */
function wordsOf(value: unknown): string {
  if (typeof value === "string") return value;
  const hasText = typeof value === "object" && value !== null && "text" in value;
  return hasText && typeof value.text === "string" ? value.text : "";
}
