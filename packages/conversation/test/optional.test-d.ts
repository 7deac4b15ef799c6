import type {
  BudgetOptions,
  ConversationOptions,
  HeardTextOptions,
  HistoryOptions,
  ImageOptions,
  LintOptions,
  MarkPlayerOptions,
  PriceTable,
  RespondOptions,
  SaidLine,
  SayOptions,
  ToolOptions,
  WaitOptions,
} from "../src/index.ts";

// Compiled, never run: an option may be `undefined` where it may be left out.

/** The options that may be left out, each of them `undefined`. */
type AllUndefined<T> = { [K in keyof T as object extends Pick<T, K> ? K : never]: undefined };
type Takes<T> = AllUndefined<T> extends Pick<T, keyof AllUndefined<T> & keyof T> ? true : false;
const holds = <Claim extends true>(claim?: Claim) => claim;

holds<Takes<ConversationOptions>>();
holds<Takes<NonNullable<ConversationOptions["policy"]>>>();
holds<Takes<SayOptions>>();
holds<Takes<ImageOptions>>();
holds<Takes<RespondOptions>>();
holds<Takes<WaitOptions>>();
holds<Takes<ToolOptions<object>>>();
holds<Takes<BudgetOptions>>();
holds<Takes<PriceTable>>();
holds<Takes<NonNullable<PriceTable["input"]>>>();
holds<Takes<NonNullable<PriceTable["transcription"]>>>();
holds<Takes<HistoryOptions>>();
holds<Takes<SaidLine>>();
holds<Takes<LintOptions>>();
holds<Takes<HeardTextOptions>>();
holds<Takes<MarkPlayerOptions>>();
