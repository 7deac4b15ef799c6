import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type {
  Connection,
  MemoryTransportOptions,
  RecordingOptions,
  RedactOptions,
  ReplayOptions,
  ReplaySource,
  RequestOptions,
  replaySession,
  Session,
  SessionOptions,
} from "../src/index.ts";

// Compiled, never run: an option may be `undefined` where it may be left out.

/** The options that may be left out, each of them `undefined`. */
type AllUndefined<T> = { [K in keyof T as object extends Pick<T, K> ? K : never]: undefined };
type Takes<T> = AllUndefined<T> extends Pick<T, keyof AllUndefined<T> & keyof T> ? true : false;
const holds = <Claim extends true>(claim?: Claim) => claim;

type Options = SessionOptions<ClientEvent, ServerEvent, Connection>;

holds<Takes<Options>>();
holds<Takes<Exclude<Options["reconnect"], false | undefined>>>();
holds<Takes<Exclude<Options["rollOver"], false | undefined>>>();
holds<Takes<NonNullable<Parameters<Session["open"]>[0]>>>();
holds<Takes<NonNullable<Parameters<Session["close"]>[0]>>>();
holds<Takes<RequestOptions>>();
holds<Takes<RecordingOptions>>();
holds<Takes<RedactOptions>>();
holds<Takes<ReplayOptions>>();
holds<Takes<ReplaySource>>();
holds<Takes<Parameters<typeof replaySession>[0]>>();
holds<Takes<MemoryTransportOptions>>();
