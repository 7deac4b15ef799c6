import type { EmulateSettings } from "./emulate-settings.ts";
import type { Listening } from "./listen.ts";

/** What the person who has started the emulator is told: where it is, and what to set in a client. */
export function greetingText(
  { url, baseUrl, hasControl }: Listening,
  { listen }: EmulateSettings,
  certificatePath: string | undefined,
): string {
  const { keys, models, webhook, record } = listen;
  const key = keys?.[0] ?? "any-key-will-do";
  const lines = [
    "A Realtime service is on this machine. Nothing goes further, and nothing is billed.",
    `  WebSocket    ${url}?model=${models?.[0] ?? "gpt-realtime"}`,
    `  HTTP         ${baseUrl}/realtime`,
    ...(hasControl ? [`  status page  ${baseUrl.replace(/v1$/, "")}`] : []),
    ...(record === undefined ? [] : [`  recordings   ${record}`]),
    ...(webhook === undefined ? [] : [`  webhooks     ${webhook.url}, signed with ${webhook.secret}`]),
    "Official clients take it by these variables:",
    `  export OPENAI_BASE_URL=${baseUrl}`,
    `  export OPENAI_API_KEY=${key}`,
    ...(certificatePath === undefined
      ? ["The npm package openai dials WebSockets by wss alone: give --tls for it."]
      : [
          `  export NODE_EXTRA_CA_CERTS=${certificatePath}`,
          `  export SSL_CERT_FILE=${certificatePath}    # other languages`,
        ]),
    "Ctrl-C ends it.",
  ];
  return `${lines.join("\n")}\n`;
}
