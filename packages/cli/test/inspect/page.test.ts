import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { page } from "../../src/inspect/page.ts";
import { timeline } from "../../src/inspect/timeline.ts";
import { bargeIn, client, server } from "./conversation-entries.ts";

const html = page(timeline(bargeIn), "talk.jsonl");
const all = (pattern: RegExp, text = html) => [...text.matchAll(pattern)].map((match) => match[1] ?? "");
const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

describe("the page of a timeline", () => {
  it("allows its own style sheet and script, by their hashes, and nothing else", () => {
    const [policy = ""] = all(/http-equiv="Content-Security-Policy" content="([^"]+)"/g);
    const [sheet = ""] = all(/<style>([\s\S]*?)<\/style>/g);
    const [script = ""] = all(/<script>([\s\S]*?)<\/script>/g);
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `style-src ${hash(sheet)}`,
      `script-src ${hash(script)}`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(all(/(<script)/g)).toHaveLength(1);
    // What such a policy forbids: attributes that are style or script.
    const markup = html.replace(sheet, "").replace(script, "");
    expect(markup).not.toMatch(/\s(?:style|on[a-z]+)=/);
  });

  it("asks nobody for anything", () => {
    expect(html).not.toMatch(/(?:https?:)?\/\/[a-z]/i);
    expect(all(/(?:src|href)="([^"#][^"]*)"/g)).toEqual(["data:,"]);
    expect(html).not.toMatch(/@import|url\(|fetch\(|import\(/);
  });

  it("has a lane for everything that there is, and its story, and leads from one to the other", () => {
    expect(all(/class="lane [a-z]+" role="group" aria-label="([^"]+)"/g)).toEqual([
      "You",
      "Assistant",
      "Received",
      "Tools",
      "Responses",
      "Events",
    ]);
    const ids = all(/\sid="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = all(/href="#([^"]+)"/g);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    expect(html).toContain('<s title="never heard">three four</s>');
    expect(all(/class="cut [^"]+" href="#([^"]+)"/g)).toEqual(["reply-0"]);
  });

  it("gives each place a rule, in parts of the whole", () => {
    const rules = new Map(
      [...html.matchAll(/\.(p\d+)\{left:([\d.]+)%(?:;width:([\d.]+)%)?\}/g)].map((match) => [
        match[1] ?? "",
        [Number(match[2]), Number(match[3] ?? 0)] as const,
      ]),
    );
    const used = all(/class="[^"]*\b(p\d+)\b[^"]*"/g);
    expect(used.filter((name) => !rules.has(name))).toEqual([]);
    for (const [left, width] of rules.values()) expect(left + width).toBeLessThanOrEqual(100.001);
    const [speech = ""] = all(/class="bar speech (p\d+)"/g);
    expect(rules.get(speech)).toEqual([10, 8.3333]);
  });

  it("takes no word of the conversation for markup", () => {
    const attack = `</script><img src=x onerror=alert(1)>"'&`;
    const hostile = timeline(
      [
        client(1, "conversation.item.create", {
          item: { type: "message", role: "user", content: [{ type: "input_text", text: attack }] },
        }),
        server(2, "error", { error: { code: attack, message: attack } }),
        server(3, "response.output_item.added", {
          item: { id: attack, type: "function_call", name: attack, arguments: attack, call_id: attack },
        }),
        server(4, "response.created", { response: { id: attack, status: attack } }),
      ],
      { duologue: 1, protocol: attack, description: attack },
    );
    const attacked = page(hostile, attack);
    expect(attacked).not.toContain("<img");
    expect(all(/(<script)/g, attacked)).toHaveLength(1);
    expect(attacked).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(attacked).not.toMatch(/="[^"]*<\/script>/);
  });

  it("says where there is no clock, and then draws nothing that needs one", () => {
    const untimed = page(timeline(bargeIn.map((entry) => ({ ...entry, at: null }))), "untimed");
    expect(untimed).toContain("The recording has no clock");
    expect(untimed).toMatch(/<b>#1<\/b>/);
    expect(untimed).not.toContain("<svg");
    expect(untimed).not.toContain('class="wait');
  });

  it("is the same for the same timeline", () => {
    expect(page(timeline(bargeIn), "talk.jsonl")).toBe(html);
  });
});
