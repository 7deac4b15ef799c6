import type { ClientEventAnswers } from "./generated/catalogue.ts";
import type { TranslationClientEventAnswers } from "./generated/translation/catalogue.ts";
import type { WireEvent } from "./protocol.ts";

type Answers = ClientEventAnswers & TranslationClientEventAnswers;

/**
 * The events of `S` that answer a command of the type `T`, as the catalogues have it. All of `S` for a command that no
 * catalogue knows, such as one of a dialect, or whose answer is none of `S`.
 */
export type AnswerTo<T extends string, S extends WireEvent> = T extends keyof Answers
  ? OrAll<Extract<S, { readonly type: Answers[T] }>, S>
  : S;

type OrAll<Known, All> = [Known] extends [never] ? All : Known;
