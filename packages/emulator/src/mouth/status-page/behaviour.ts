import type { SessionReport } from "../session-report.ts";

/**
 * What the status page does: listens to the server and draws what it tells. Whatever comes from clients becomes text
 * by `textContent` and nothing else. Its source text becomes the page's script, so that it may use nothing from outside
 * itself.
 */
export function behaviour(): void {
  type Mark = SessionReport["marks"][number];
  /** A bar of a lane; `untilMs` is left out for what still goes on, and for a moment, whose bar is as wide as its text. */
  type Span = { atMs: number; untilMs?: number; going?: boolean; className: string; text: string };
  type Lanes = Readonly<Record<"you" | "assistant" | "tools" | "errors", readonly Span[]>>;

  const shownSeconds = 90;
  const socket = location.protocol === "https:" ? "wss:" : "ws:";
  const cards = new Map<string, { card: HTMLElement; draw: (session: SessionReport) => void }>();
  let newest: { open: number; sessions: SessionReport[] } = { open: 0, sessions: [] };
  let newestAt = performance.now();

  function element(tag: string, className: string, ...content: (string | Node)[]): HTMLElement {
    const made = document.createElement(tag);
    if (className !== "") made.className = className;
    made.append(...content);
    return made;
  }

  function byId(id: string): HTMLElement {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`The page has no ${id}.`);
    return found;
  }

  function duration(ms: number): string {
    if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
    const minutes = Math.floor(ms / 60_000);
    const seconds = Math.floor((ms % 60_000) / 1000);
    return minutes < 60 ? `${minutes} min ${seconds} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }

  function size(bytes: number): string {
    if (bytes < 1000) return `${bytes} B`;
    return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
  }

  function lanesOf({ marks }: SessionReport): Lanes {
    const lanes: Record<keyof Lanes, Span[]> = { you: [], assistant: [], tools: [], errors: [] };
    let speech: Span | undefined;
    let answer: Span | undefined;
    for (const { type, atMs, note = "" } of marks) {
      if (type === "input_audio_buffer.speech_started") {
        speech = { atMs, going: true, className: "spoken", text: "" };
        lanes.you.push(speech);
      } else if (type === "input_audio_buffer.speech_stopped" && speech !== undefined) {
        speech.untilMs = atMs;
        speech.going = false;
      } else if (type === "conversation.item.input_audio_transcription.completed") {
        const said = lanes.you.findLast((span) => span.className === "spoken" && span.text === "");
        if (said !== undefined) said.text = note;
      } else if (type === "conversation.item.create" && note !== "") {
        lanes.you.push({ atMs, className: "moment", text: note });
      } else if (type === "response.created") {
        answer = { atMs, going: true, className: "answer", text: "" };
        lanes.assistant.push(answer);
      } else if (type === "response.output_audio_transcript.done" || type === "response.output_text.done") {
        if (answer !== undefined) answer.text = note;
      } else if (type === "response.function_call_arguments.done") {
        lanes.tools.push({ atMs, className: "moment", text: note });
      } else if (type === "response.done" && answer !== undefined) {
        answer.untilMs = atMs;
        answer.going = false;
        answer.className = `answer ${note}`;
        answer = undefined;
      } else if (type === "output_audio_buffer.stopped" || type === "output_audio_buffer.cleared") {
        // What is played on a media track goes on after its response.
        const played = lanes.assistant.at(-1);
        if (played !== undefined && played !== answer) played.untilMs = atMs;
      } else if (type === "error") {
        lanes.errors.push({ atMs, className: "moment failed", text: note });
      }
    }
    return lanes;
  }

  /** The newest seconds of a session, a tick at every round number of them. */
  function track(session: SessionReport, untilMs: number): HTMLElement {
    const fromMs = Math.max(0, untilMs - shownSeconds * 1000);
    const spanMs = 1.03 * Math.max(10_000, untilMs - fromMs);
    const place = (ms: number) => `${(100 * (ms - fromMs)) / spanMs}%`;
    const made = element("div", "track");
    const stepMs = spanMs > 45_000 ? 10_000 : spanMs > 20_000 ? 5_000 : 2_000;
    for (let ms = Math.ceil(fromMs / stepMs) * stepMs; ms < fromMs + spanMs; ms += stepMs) {
      const tick = element("div", "tick", element("b", "", `${ms / 1000} s`));
      tick.style.left = place(ms);
      made.append(tick);
    }
    for (const [name, spans] of Object.entries(lanesOf(session))) {
      const lane = element("div", `lane ${name}`);
      for (const { atMs, untilMs: endMs, going, className, text } of spans) {
        const until = endMs ?? (going ? untilMs : atMs);
        if (until < fromMs) continue;
        const span = element("div", `bar ${className}${going ? " going" : ""}`, element("span", "", text));
        span.style.left = place(Math.max(atMs, fromMs));
        if (!className.startsWith("moment")) {
          span.style.width = `${(100 * (until - Math.max(atMs, fromMs))) / spanMs}%`;
        }
        span.title = text;
        lane.append(span);
      }
      made.append(lane);
    }
    return made;
  }

  function eventLine({ atMs, from, type, count, note }: Mark): HTMLElement {
    const line = element("li", from + (type === "error" ? " error" : ""));
    const what = element("div", "", element("code", "", type));
    if (count > 1) what.append(element("i", "", ` ×${count}`));
    if (note !== undefined) what.append(" ", element("i", "", note));
    line.append(
      element("time", "", (atMs / 1000).toFixed(2)),
      element("span", "way", from === "client" ? "→" : "←"),
      what,
    );
    return line;
  }

  function stateOf({ ended, clients }: SessionReport): [string, string] {
    if (ended === undefined) return ["open", clients > 1 ? `open, ${clients} clients` : "open"];
    const good = ended.code === 1000 || ended.code === 1001 || ended.code === 1005;
    return [good ? "" : "failed", `closed ${ended.code}${ended.reason === "" ? "" : ` ${ended.reason}`}`];
  }

  function card() {
    const title = element("h2", "");
    const facts = element("span", "");
    const state = element("span", "state");
    const names = element("div", "names");
    names.setAttribute("aria-hidden", "true");
    for (const name of ["you", "assistant", "tools", "errors"]) names.append(element("span", name, name));
    const board = element("div", "board", names);
    let drawn = element("div", "track");
    board.append(drawn);
    const summary = element("summary", "");
    const events = element("ol", "events");
    const made = element("article", "session");
    made.append(element("header", "", title, facts, state), board, element("details", "", summary, events));

    function draw(session: SessionReport): void {
      const { id, callId, model, kind, carrier, ended, sent, received, errors, marks, forgotten } = session;
      const lasted = session.lastedMs + (ended === undefined ? performance.now() - newestAt : 0);
      const [className, words] = stateOf(session);
      title.textContent = id || "turned away";
      facts.textContent = [
        ...[model, kind === "realtime" ? "" : kind, carrier === "websocket" ? "" : carrier, callId ?? ""],
        ...[duration(lasted), errors === 0 ? "" : `${errors} ${errors === 1 ? "error" : "errors"}`],
        `${received.frames} frames in, ${size(received.bytes)}`,
        `${sent.frames} out, ${size(sent.bytes)}`,
      ]
        .filter((fact) => fact !== "")
        .join(" · ");
      state.className = `state ${className}`;
      state.textContent = words;
      made.classList.toggle("over", ended !== undefined);
      board.hidden = id === "";
      const fresh = track(session, lasted);
      drawn.replaceWith(fresh);
      drawn = fresh;
      const left = session.marks.length + forgotten;
      summary.textContent = `${left} ${left === 1 ? "entry" : "entries"}`;
      const isAtEnd = events.scrollTop + events.clientHeight >= events.scrollHeight - 8;
      events.replaceChildren(...marks.map(eventLine));
      if (isAtEnd) events.scrollTop = events.scrollHeight;
    }
    return { card: made, draw };
  }

  function tile(name: string, value: string, className = ""): HTMLElement {
    return element("div", className, element("dt", "", name), element("dd", "", value));
  }

  function draw(): void {
    const { open, sessions } = newest;
    const sum = (pick: (session: SessionReport) => number) =>
      sessions.reduce((total, one) => total + pick(one), 0);
    const errors = sum((session) => session.errors);
    byId("tiles").replaceChildren(
      tile("open sessions", String(open)),
      tile("responses under way", String(sum(({ responses }) => responses.in_progress))),
      tile("completed", String(sum(({ responses }) => responses.completed))),
      tile(
        "cut, failed, incomplete",
        String(sum(({ responses: r }) => r.cancelled + r.failed + r.incomplete)),
      ),
      tile("errors", String(errors), errors > 0 ? "bad" : ""),
    );
    byId("empty").hidden = sessions.length > 0;
    const wanted = new Set<string>();
    let before: Element | null = null;
    for (const [index, session] of sessions.entries()) {
      const key = session.id || `${session.openedAt} ${index}`;
      wanted.add(key);
      const known = cards.get(key) ?? card();
      cards.set(key, known);
      known.draw(session);
      if (known.card.nextElementSibling !== before || known.card.parentElement === null) {
        byId("sessions").insertBefore(known.card, before);
      }
      before = known.card;
    }
    for (const [key, { card: gone }] of cards) {
      if (wanted.has(key)) continue;
      gone.remove();
      cards.delete(key);
    }
  }

  function said(words: string, className: string): void {
    const link = byId("link");
    if (link.textContent !== words) link.textContent = words;
    link.className = className;
  }

  byId("address").textContent = `${socket}//${location.host}/v1/realtime?model=gpt-realtime`;
  const source = new EventSource("/_duologue/watch");
  source.addEventListener("message", ({ data }) => {
    newest = JSON.parse(String(data));
    newestAt = performance.now();
    said("live", "live");
    draw();
  });
  source.addEventListener("error", () => said("the emulator is not there", "lost"));
  // What is open goes on growing between two messages.
  setInterval(() => {
    if (newest.open > 0 && !document.hidden && byId("link").className === "live") draw();
  }, 1000);
}
