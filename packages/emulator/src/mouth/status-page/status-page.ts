import { bytesToBase64 } from "@duologue/audio";
import { behaviour } from "./behaviour.ts";
import { style } from "./style.ts";

const script = `(${behaviour.toString()})();`;

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Duologue emulator</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Duologue emulator</h1>
<p class="address">Clients dial <code id="address"></code></p>
<p id="link" role="status">connecting</p>
</header>
<dl class="tiles" id="tiles"></dl>
<main id="sessions" aria-label="Sessions"></main>
<p class="empty" id="empty" hidden>No session yet. A client that connects appears here.</p>
<noscript><p>This page shows what <a href="/_duologue/sessions">/_duologue/sessions</a> tells, and needs its script for that.</p></noscript>
<script>${script}</script>
</body>
</html>
`;

/** The page that shows the live sessions. Its policy allows its own style, its own script and this server alone. */
export async function statusPage(): Promise<Response> {
  const policy = [
    "default-src 'none'",
    `style-src '${await hashOf(style)}'`,
    // The widths of bars are set by the script, one by one, which counts as no style sheet.
    `script-src '${await hashOf(script)}'`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return new Response(html, {
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
  });
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${bytesToBase64(new Uint8Array(digest))}`;
}
