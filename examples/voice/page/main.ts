import { AudioDeviceError } from "@duologue/audio/browser";
import { BehaviorSubject, combineLatest, distinctUntilChanged, filter, map, Subscription } from "rxjs";
import { type Call, call } from "./call.ts";
import { announce, showCall, toEnd } from "./call-view.ts";
import { found } from "./found.ts";
import { holdButton } from "./hold-button.ts";
import { line as webRtcLine } from "./line-webrtc.ts";
import { line as webSocketLine } from "./line-websocket.ts";
import { type Service, service } from "./service.ts";
import { settings } from "./settings.ts";
import { endTrouble, type Trouble, trouble } from "./trouble.ts";
import { hideTrouble, showTrouble } from "./trouble-view.ts";

const elements = {
  start: found("start", HTMLButtonElement),
  again: found("again", HTMLButtonElement),
  end: found("end", HTMLButtonElement),
  mute: found("mute", HTMLButtonElement),
  hold: found("hold", HTMLButtonElement),
  bring: found("bring", HTMLButtonElement),
  unlock: found("unlock", HTMLButtonElement),
  partner: found("partner", HTMLElement),
  webSocket: found("websocket", HTMLInputElement),
  transcript: found("transcript", HTMLElement),
  composer: found("composer", HTMLFormElement),
  message: found("message", HTMLInputElement),
  send: found("send", HTMLButtonElement),
};

/** One attempt to talk, from the click to the end. */
interface Attempt {
  /** What is subscribed on its behalf. */
  readonly shown: Subscription;
  call?: Call;
  isOver: boolean;
}

const muted = new BehaviorSubject(false);
const held = new BehaviorSubject(false);
const silent$ = combineLatest([muted, held]).pipe(map(([isMuted, isHeld]) => isMuted && !isHeld));
let partner: Service | undefined;
let current: Attempt | undefined;
/** What the page itself has given the focus last. */
let placed: HTMLElement | undefined;

const live = () => (current?.isOver === false ? current.call : undefined);
let putDeviceTroubleAway = () => {};
const chosen = settings(() => live()?.line, attempted);

/** Shows the page as it is at a stage; `over`: a conversation has ended, and its words are still there. */
function show(stage: "welcome" | "connecting" | "talking" | "over", ...focus: readonly HTMLElement[]): void {
  const { message, send } = elements;
  document.body.dataset.stage = stage;
  message.disabled = send.disabled = stage !== "talking";
  message.placeholder = stage === "connecting" ? "Not connected yet" : "Or write a message";
  moveFocus(...focus);
}

/**
 * Whoever uses the keyboard goes on where things go on, at the first of these that is in sight; who has gone elsewhere
 * meanwhile is left alone.
 */
function moveFocus(...targets: readonly HTMLElement[]): void {
  const { activeElement, body } = document;
  if (activeElement !== body && activeElement !== placed && activeElement?.checkVisibility()) return;
  placed = targets.find((each) => each.checkVisibility());
  placed?.focus();
}

async function begin(withMicrophone: boolean): Promise<void> {
  if (partner === undefined) {
    location.reload();
    return;
  }
  hideTrouble();
  const attempt: Attempt = { shown: new Subscription(), isOver: false };
  current = attempt;
  show("connecting", elements.end);
  try {
    // First of all, for it makes use of the click.
    const line = await (elements.webSocket.checked ? webSocketLine(partner) : webRtcLine(partner));
    attempt.call = call(line);
    attempt.shown.add(showCall(attempt.call, silent$));
    attempt.shown.add(silent$.subscribe((isSilent) => line.microphone.setMuted(isSilent)));
    await (withMicrophone ? line.microphone.open(chosen.microphone) : line.microphone.leaveOut());
    await chosen.applyTo(line);
    chosen.list();
    await attempt.call.open();
    watch(attempt, attempt.call);
    show("talking", elements.mute, elements.message);
  } catch (error) {
    await finish(attempt, trouble(error));
  }
}

/** Tells what goes wrong while people talk. */
function watch(attempt: Attempt, { session, talk, line }: Call): void {
  const tell = (what: Trouble) => showTrouble(what, () => {});
  const { condition$ } = line.microphone;
  const advice = "Use another one, or connect it again and then use it. You can go on in writing meanwhile.";
  let putAway = () => {};
  attempt.shown.add(
    session.status$.subscribe((status) => {
      if (status.state === "closed") void finish(attempt, endTrouble(status));
    }),
  );
  attempt.shown.add(
    session.problems$.subscribe((problem) => {
      if (problem.kind !== "error" || problem.failure.severity === "benign") return;
      tell({ title: "The service reports a problem", advice: problem.failure.message, remedy: "none" });
    }),
  );
  attempt.shown.add(talk.problems$.subscribe(({ error }) => tell({ ...trouble(error), remedy: "none" })));
  attempt.shown.add(
    // As long as another one is asked for, nothing has changed.
    condition$
      .pipe(
        filter((each) => each !== "asking"),
        distinctUntilChanged(),
      )
      .subscribe((condition) => {
        putAway();
        if (condition === "gone")
          putAway = tell({ title: "The microphone has gone", advice, remedy: "none" });
      }),
  );
}

/** Ends an attempt, once. */
async function finish(attempt: Attempt, why?: Trouble): Promise<void> {
  if (attempt.isOver) return;
  attempt.isOver = true;
  attempt.shown.unsubscribe();
  if (elements.transcript.childElementCount === 0) show("welcome", elements.start);
  else show("over", elements.again);
  if (why !== undefined) showTrouble(why, (remedy) => void (remedy !== "none" && begin(remedy === "again")));
  await attempt.call?.end();
}

/** Says where a device cannot be had that was asked for in the middle of a conversation. Resolves with whether it can. */
async function attempted(choice: Promise<void> | undefined): Promise<boolean> {
  try {
    await choice;
    putDeviceTroubleAway();
    return true;
  } catch (error) {
    // Another one was chosen meanwhile.
    if (AudioDeviceError.is(error) && error.code === "aborted") return true;
    const what = { ...trouble(error), title: "That device cannot be used", remedy: "none" as const };
    putDeviceTroubleAway = showTrouble(what, () => {});
    return false;
  }
}

elements.start.addEventListener("click", () => void begin(true));
elements.again.addEventListener("click", () => void begin(true));
elements.end.addEventListener("click", () => {
  if (current === undefined) return;
  announce("The conversation has ended.");
  void finish(current);
});
elements.mute.addEventListener("click", () => muted.next(!muted.value));
muted.subscribe((isMuted) => {
  elements.mute.setAttribute("aria-pressed", String(isMuted));
  elements.mute.querySelector("use")?.setAttribute("href", isMuted ? "#icon-muted" : "#icon-microphone");
  elements.hold.hidden = !isMuted;
});
holdButton(elements.hold, (isHeld) => held.next(isHeld));
elements.bring.addEventListener("click", async () => {
  await attempted(live()?.line.microphone.choose(chosen.microphone));
  moveFocus(elements.mute);
});
elements.unlock.addEventListener("click", () => void attempted(live()?.line.loudspeaker.unlock()));
elements.composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = elements.message.value.trim();
  const talk = live()?.talk;
  if (text === "" || talk === undefined) return;
  elements.message.value = "";
  toEnd();
  // What is written counts as a word in between, as a spoken one does. A refusal is on `problems$`.
  talk.interrupt();
  talk.say(text).catch(() => {});
});

try {
  partner = await service();
  elements.partner.textContent = partner.isEmulated
    ? "With an emulator on this machine: no key, no network. It hears that you speak, and not what."
    : `With ${partner.model}. What you say goes to ${new URL(partner.base).host}, and is billed there.`;
  chosen.list();
} catch (error) {
  const advice = "Start it again with the command that printed this address, then try again.";
  showTrouble({ title: "The page’s server is gone", advice, remedy: "again" }, () => location.reload());
  console.error(error);
}
elements.start.disabled = partner === undefined;
show("welcome", document.body);
