export type { Decoded, Failure, Issue, Protocol, Severity, UnknownEvent, WireEvent } from "./protocol.ts";
