/** What a close code means for whoever wonders whether to dial again. */
export interface CloseJudgement {
  /** Whether dialling again as before can help. What opens then is a new session: nothing is resumed. */
  readonly retryable: boolean;
  /** What a person should do. */
  readonly advice: string;
}

/**
 * Judges how a link ended. Services check the key and the model after the socket opened and then close it with
 * 3000 or 4000: that is permanent. Codes that neither the protocol nor RFC 6455 explains count as permanent too,
 * so that nobody dials for ever.
 */
export function judgeClose(info: { readonly code: number; readonly reason: string }): CloseJudgement {
  const { code, reason } = info;
  switch (code) {
    case 1000:
      return { retryable: true, advice: "It ended in good order; open a new session to go on." };
    case 1001:
      return /maximum duration/i.test(reason)
        ? { retryable: true, advice: "The session reached its longest duration; open a new one to go on." }
        : { retryable: true, advice: "The service went away; open a new session." };
    case 1005:
    case 1006:
      return { retryable: true, advice: "The network or the service dropped the link; open a new session." };
    case 1011:
    case 1012:
    case 1013:
      return { retryable: true, advice: "The service failed or restarts; open a new session after a while." };
    case 1009:
      return { retryable: false, advice: "A frame was too large; send audio in smaller pieces." };
    case 1015:
      return { retryable: true, advice: "The secure connection failed; check certificates, then try again." };
    case 3000:
      return { retryable: false, advice: "The service does not accept the API key; check it." };
    case 4000:
      return {
        retryable: false,
        advice: "The service does not accept the model or the address; check them.",
      };
    default:
      return { retryable: false, advice: "Dialling again as before will not help; look at the reason." };
  }
}
