const options: readonly (readonly [string, string])[] = [
  ["--port N", "where to listen; 0, the default, is any free port"],
  ["--host H", "default: 127.0.0.1, this machine alone"],
  ["--tls", "speak wss and https, with a certificate made for this run; some clients want it"],
  ["--certificate FILE", "write that certificate there, for clients to trust; implies --tls"],
  ["--scenario FILE", "what is heard, said and called: a scenario (JSON), or a recording (.jsonl) to play"],
  ["--voice NAME", "built-in (the default, it hums), espeak-ng, or one of its voices: espeak-ng:de"],
  ["--any-voice", "let sessions name any voice, as for a service that has others; default: OpenAI's ten"],
  ["--pace N", "how much faster than real time answers are made; Infinity: at once; default: 8"],
  ["--record DIR", "record each session to a file in that folder"],
  ["--seed TEXT", "equal seeds give equal ids, session by session; default: one made for this run"],
  ["--expiry SECONDS", "how long a session may last, or never; default: 3600"],
  ["--context TOKENS", "how much a response reads before a conversation is cut; default: as its model"],
  ["--model NAME", "a model that exists, may be given several times; default: every name"],
  ["--key KEY", "a key that is good, may be given several times; default: every key"],
  ["--max-sessions N", "so many sessions at once; default: 2000"],
  ["--webhook URL", "where realtime.call.incoming goes when a telephone call is made to come in"],
  ["--webhook-secret S", "what it is signed with, whsec_…; default: one made for this run, and printed"],
  ["--sideband-greeting", "greet sideband connections by session.created"],
  ["--control", "have the status page and control endpoint although --host is not this machine alone;"],
  ["--no-control", "or have none at all"],
  ["--json", "tell the addresses as one line of JSON, and nothing else"],
  ["--help, -h", "this text"],
];

/** What `--help` prints. */
export function emulateHelp(name: string): string {
  const width = Math.max(...options.map(([option]) => option.length));
  const rows = options.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`);
  return [
    `usage: ${name} [options]`,
    "",
    "A Realtime service on this machine, for clients of the OpenAI Realtime API: no network, no key, no cost.",
    "",
    ...rows,
    "",
    "Prints its address on standard output, and runs until Ctrl-C. Exit code 0: good; 1: a recording is not",
    "complete; 2: wrong usage, or a file or port that is not to be had.",
    "",
  ].join("\n");
}
