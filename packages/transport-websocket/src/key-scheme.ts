/** A key that travels as a request header, which only Node can set. */
export interface HeaderKey {
  /** The header: `Authorization`, `api-key`. */
  readonly header: string;
  /** What stands before the key, such as `Bearer ` with its space. Default: nothing. */
  readonly prefix?: string;
}

/** A key that travels as a subprotocol, which is all that a browser lets a page choose. */
export interface SubprotocolKey {
  /** What stands before the key: `openai-insecure-api-key.`. */
  readonly subprotocol: string;
  /** Offered before the key, unless the transport's `protocols` say otherwise. Default: nothing. */
  readonly alongside?: readonly string[];
  /**
   * Whether a key was made for one user and a short time, so that a browser may have it. Default: none is known to
   * be, and every key is refused in a browser.
   */
  readonly isEphemeral?: (key: string) => boolean;
}

/** How a key travels. */
export type KeyScheme = HeaderKey | SubprotocolKey;

/** `Authorization: Bearer <key>`: OpenAI, xAI, and Azure with a token of Entra. */
export const bearerKey: HeaderKey = { header: "Authorization", prefix: "Bearer " };

/** `api-key: <key>`: Azure OpenAI. */
export const azureKey: HeaderKey = { header: "api-key" };

/** OpenAI's `realtime` and `openai-insecure-api-key.<key>`. Its ephemeral keys begin with `ek_`. */
export const openaiSubprotocolKey: SubprotocolKey = {
  subprotocol: "openai-insecure-api-key.",
  alongside: ["realtime"],
  isEphemeral: (key) => key.startsWith("ek_"),
};

/**
 * xAI's `xai-client-secret.<token>`. Whatever does not look like a key of an account (`xai-` and 80 characters) is
 * taken for a client secret.
 */
export const xaiSubprotocolKey: SubprotocolKey = {
  subprotocol: "xai-client-secret.",
  isEphemeral: (key) => !/^xai-\w{60,}$/.test(key),
};
