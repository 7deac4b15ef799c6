import { animationFrameScheduler, auditTime, combineLatest, type Observable, Subscription } from "rxjs";
import type { Call } from "./call.ts";
import { found } from "./found.ts";
import { meters } from "./meters.ts";
import { presence } from "./presence.ts";
import { transcriptView } from "./transcript-view.ts";

const elements = {
  dock: found("dock", HTMLElement),
  words: found("words", HTMLParagraphElement),
  quality: found("quality", HTMLDetailsElement),
  verdict: found("verdict", HTMLElement),
  reason: found("reason", HTMLElement),
  blocked: found("blocked", HTMLElement),
  paused: found("paused", HTMLElement),
  news: found("news", HTMLElement),
  inputMeter: found("input-meter", HTMLElement),
  outputMeter: found("output-meter", HTMLElement),
};
const transcript = transcriptView(
  found("transcript", HTMLOListElement),
  found("nothing-yet", HTMLParagraphElement),
);
const verdicts = { good: "Good", fair: "Fair", poor: "Poor", unknown: "Unknown" };

/** Shows the end of what was said, wherever the user had scrolled to. */
export function toEnd(): void {
  transcript.toEnd();
}

/** Says something to whoever does not see the page. The words of the conversation are heard anyway, and not repeated. */
export function announce(words: string): void {
  elements.news.textContent = words;
}

/**
 * Shows a call from its beginning: what is said, who is speaking, how loud, how the connection fares. Unsubscribing leaves
 * what was said on the page.
 */
export function showCall({ line, session, talk }: Call, muted$: Observable<boolean>): Subscription {
  const { dock, words, quality, verdict, reason, blocked, paused, inputMeter, outputMeter } = elements;
  const shown = new Subscription();
  const orb = dock.querySelector<HTMLElement>(".orb") ?? dock;
  transcript.clear();

  // Drawn at most once in each picture, however fast the words come.
  const drawn$ = talk.state$.pipe(auditTime(0, animationFrameScheduler));
  shown.add(drawn$.subscribe((state) => transcript.show(state)));
  shown.add(
    combineLatest([session.status$, talk.state$, muted$, line.microphone.condition$])
      .pipe(auditTime(0, animationFrameScheduler))
      .subscribe(([status, state, isMuted, microphone]) => {
        const { mood, words: said } = presence(status, state, { microphone, isMuted });
        dock.dataset.mood = mood;
        if (words.textContent !== said) words.textContent = said;
      }),
  );
  shown.add(
    line.microphone.condition$.subscribe((condition) => {
      dock.dataset.microphone = condition;
      const isBack = condition === "on" && !paused.hidden;
      paused.hidden = condition !== "paused";
      if (condition === "paused") announce("The system has paused your microphone: you are not heard.");
      if (isBack) announce("Your microphone is back.");
    }),
  );
  shown.add(
    line.quality$.subscribe((now) => {
      quality.hidden = false;
      quality.dataset.verdict = now.verdict;
      verdict.textContent = verdicts[now.verdict];
      reason.textContent = now.reason;
    }),
  );
  shown.add(
    line.loudspeaker.blocked$.subscribe((isBlocked) => {
      blocked.hidden = !isBlocked;
      if (isBlocked) announce("The browser is holding the sound back. A button plays it.");
    }),
  );
  shown.add(
    session.status$.subscribe(({ state }) => {
      if (state === "ready") announce("Connected.");
      if (state === "reconnecting") announce("The connection was lost and is being replaced.");
    }),
  );
  shown.add(talk.interruptions$.subscribe(() => announce("The assistant was interrupted.")));
  shown.add(
    talk.toolCalls$.subscribe(({ phase, call }) => {
      if (phase === "requested") announce(`The assistant calls ${call.name}.`);
    }),
  );
  shown.add(
    meters([
      { element: inputMeter, property: "--level", level: line.microphone.level },
      { element: outputMeter, property: "--level", level: line.loudspeaker.level },
      { element: orb, property: "--loud", level: line.loudspeaker.level },
    ]),
  );
  shown.add(() => {
    quality.hidden = true;
    blocked.hidden = true;
    paused.hidden = true;
    dock.dataset.mood = "away";
    words.textContent = "The conversation has ended.";
  });
  return shown;
}
