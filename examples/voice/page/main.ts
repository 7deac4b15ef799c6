import { BehaviorSubject, combineLatest, map, Subscription } from "rxjs";
import { type Call, call } from "./call.ts";
import { announce, showCall, toEnd } from "./call-view.ts";
import { showDevices } from "./device-choice.ts";
import { found } from "./found.ts";
import { holdButton } from "./hold-button.ts";
import { line as webRtcLine } from "./line-webrtc.ts";
import { line as webSocketLine } from "./line-websocket.ts";
import { type Service, service } from "./service.ts";
import { endTrouble, type Trouble, trouble } from "./trouble.ts";
import { hideTrouble, showTrouble } from "./trouble-view.ts";

const elements = {
  start: found("start", HTMLButtonElement),
  again: found("again", HTMLButtonElement),
  end: found("end", HTMLButtonElement),
  mute: found("mute", HTMLButtonElement),
  hold: found("hold", HTMLButtonElement),
  unlock: found("unlock", HTMLButtonElement),
  partner: found("partner", HTMLElement),
  webSocket: found("websocket", HTMLInputElement),
  transcript: found("transcript", HTMLElement),
  composer: found("composer", HTMLFormElement),
  message: found("message", HTMLInputElement),
  inputDevice: found("input-device", HTMLSelectElement),
  outputDevice: found("output-device", HTMLSelectElement),
  deviceHint: found("device-hint", HTMLElement),
  volume: found("volume", HTMLInputElement),
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

/** Shows the page as it is at a stage; `over`: a conversation has ended, and its words are still there. */
function show(stage: "welcome" | "connecting" | "talking" | "over", focus: HTMLElement): void {
  document.body.dataset.stage = stage;
  elements.message.disabled = stage !== "talking";
  // Whoever uses the keyboard goes on where things go on; who writes is left alone.
  if (document.activeElement === document.body || document.activeElement?.checkVisibility() === false)
    focus.focus();
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
    line.loudspeaker.setVolume(elements.volume.valueAsNumber / 100);
    await (withMicrophone ? line.microphone.open() : line.microphone.leaveOut());
    await chooseDevices();
    await attempt.call.open();
    watch(attempt, attempt.call);
    show("talking", elements.mute);
  } catch (error) {
    await finish(attempt, trouble(error));
  }
}

/** Tells what goes wrong while people talk. */
function watch(attempt: Attempt, { session, talk, line }: Call): void {
  const tell = (what: Trouble) => showTrouble(what, () => {});
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
    line.microphone.lost$.subscribe(() => {
      const advice = "Connect it again, or choose another one in the settings. You can go on in writing.";
      tell({ title: "The microphone has gone", advice, remedy: "none" });
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

/** Uses the devices that were chosen before the conversation began, and shows what there is to choose from. */
async function chooseDevices(): Promise<void> {
  const line = current?.call?.line;
  if (elements.inputDevice.value !== "") await line?.microphone.choose(elements.inputDevice.value);
  if (elements.outputDevice.value !== "") await line?.loudspeaker.choose(elements.outputDevice.value);
  await listDevices();
}

async function listDevices(): Promise<void> {
  await Promise.all([
    showDevices(elements.inputDevice, "audioinput"),
    showDevices(elements.outputDevice, "audiooutput"),
  ]);
  elements.deviceHint.hidden = elements.inputDevice.length > 1;
}

async function choose(what: Promise<void> | undefined): Promise<void> {
  try {
    await what;
  } catch (error) {
    showTrouble({ ...trouble(error), title: "That device cannot be used", remedy: "none" }, () => {});
  }
}

const live = () => (current?.isOver === false ? current.call : undefined);

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
elements.unlock.addEventListener("click", () => void choose(live()?.line.loudspeaker.unlock()));
elements.volume.addEventListener("input", () => {
  live()?.line.loudspeaker.setVolume(elements.volume.valueAsNumber / 100);
});
elements.inputDevice.addEventListener("change", () => {
  void choose(live()?.line.microphone.choose(elements.inputDevice.value));
});
elements.outputDevice.addEventListener("change", () => {
  void choose(live()?.line.loudspeaker.choose(elements.outputDevice.value));
});
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
navigator.mediaDevices?.addEventListener("devicechange", () => void listDevices());

try {
  partner = await service();
  elements.partner.textContent = partner.isEmulated
    ? "With an emulator on this machine: no key, no network. It hears that you speak, and not what."
    : `With ${partner.model}. What you say goes to ${new URL(partner.base).host}, and is billed there.`;
  await listDevices();
} catch (error) {
  const advice = "Start it again with the command that printed this address, then try again.";
  showTrouble({ title: "The page’s server is gone", advice, remedy: "again" }, () => location.reload());
  console.error(error);
}
elements.start.disabled = partner === undefined;
show("welcome", document.body);
