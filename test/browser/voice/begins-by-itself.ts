/** How a page is that nobody has touched. */
export interface ToldOfItself {
  /** The button that lets it sound: what is on it, and where its middle is. */
  readonly button: { readonly words: string; readonly x: number; readonly y: number };
  /** The words of the assistant so far. */
  readonly answer: string;
  /** The loudest sample that the page has put out. */
  readonly peak: number;
  /** Whether the browser plays what came: media elements that were told to play do so, and audio graphs run. */
  readonly isPlaying: boolean;
  /** What a person has clicked. */
  readonly clicks: readonly string[];
}

declare global {
  var toldOfItself: () => ToldOfItself;
}

/**
 * Lets the voice page, to which the microphone is not allowed, connect and ask something without any gesture of a person, as
 * no browser lets a page sound. Once the assistant answers and the page asks for a click, the console has the word `blocked`
 * and how the page is, as JSON. To be run in the page before its own scripts.
 */
export function beginsByItself(way: string): void {
  const players = new Set<HTMLMediaElement>();
  const contexts: AudioContext[] = [];
  const clicks: string[] = [];
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    players.add(this);
    return play.call(this);
  };
  const Context = AudioContext;
  globalThis.AudioContext = class extends Context {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
    }
  };
  addEventListener(
    "click",
    ({ isTrusted, target }) => void (isTrusted && target instanceof Element && clicks.push(target.id)),
    true,
  );
  const element = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector);

  globalThis.toldOfItself = () => {
    const { left = 0, top = 0, width = 0, height = 0 } = element("#unlock")?.getBoundingClientRect() ?? {};
    return {
      button: {
        words: element("#unlock")?.textContent ?? "",
        x: left + width / 2,
        y: top + height / 2,
      },
      answer: element(".assistant")?.textContent ?? "",
      peak: Math.max(0, ...tap.sounds.map((sound) => sound.peak)),
      isPlaying:
        [...players].every(({ paused }) => !paused) &&
        contexts.filter(({ state }) => state !== "closed").every(({ state }) => state === "running"),
      clicks,
    };
  };

  const steps = [
    () => element<HTMLButtonElement>("#start:enabled") !== null,
    () => {
      element<HTMLInputElement>(`input[value=${way.toLowerCase()}]`)?.click();
      element("#start")?.click();
      return true;
    },
    // A page that hears may sound: it goes on without the microphone, which it is not allowed.
    () => element("#trouble button") !== null,
    () => {
      element("#trouble button")?.click();
      return true;
    },
    () => element<HTMLInputElement>("#message:enabled") !== null,
    () => {
      const message = element<HTMLInputElement>("#message");
      if (message !== null) message.value = "Hello?";
      element<HTMLFormElement>("#composer")?.requestSubmit();
      return true;
    },
    () => element("#blocked:not([hidden])") !== null && element(".assistant") !== null,
    () => {
      console.log(`blocked ${JSON.stringify(toldOfItself())}`);
      return true;
    },
  ];
  const timer = setInterval(() => {
    while (steps[0]?.()) steps.shift();
    if (steps.length === 0) clearInterval(timer);
  }, 20);
}
