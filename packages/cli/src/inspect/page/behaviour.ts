/**
 * What the page does beyond links and style: cards on hover and focus, a line that tells the time under the pointer,
 * zoom by keys and wheel, arrow keys from bar to bar. The page works without it. Its source text becomes the page's
 * script, so that it may use nothing from outside itself.
 */
export function behaviour(): void {
  const track = document.querySelector<HTMLElement>(".track");
  const scroll = document.querySelector<HTMLElement>(".scroll");
  if (track === null || scroll === null) return;
  const endAt = Number(track.dataset.end);
  const timed = track.dataset.timed === "true";
  const zooms = [...document.querySelectorAll<HTMLInputElement>("input[name=zoom]")];
  const stops = [...track.querySelectorAll<HTMLElement>("a, button")].sort(
    (a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left,
  );

  // The card says what titles say, and sooner; without this script the titles do.
  const words = new WeakMap<Element, string>();
  for (const element of track.querySelectorAll<HTMLElement>("[title]")) {
    words.set(element, element.title);
    element.removeAttribute("title");
  }
  const card = document.createElement("div");
  card.className = "card";
  card.hidden = true;
  const head = document.createElement("div");
  head.className = "head";
  head.hidden = true;
  const label = document.createElement("b");
  head.append(label);
  document.body.append(card);
  track.append(head);

  let lit: Element[] = [];
  function light(...elements: (Element | null | undefined)[]): void {
    for (const element of lit) element.classList.remove("lit");
    lit = elements.filter((element) => element != null);
    for (const element of lit) element.classList.add("lit");
  }

  function targetOf(element: Element): string {
    return element.getAttribute("href")?.slice(1) ?? "";
  }

  function show(element: Element | null): void {
    const text = element === null ? undefined : words.get(element);
    card.hidden = text === undefined;
    if (element === null || text === undefined) {
      light();
      return;
    }
    light(element, document.getElementById(targetOf(element)));
    card.textContent = text;
    const place = element.getBoundingClientRect();
    const left = Math.max(place.left, scroll?.getBoundingClientRect().left ?? 0);
    card.style.left = `${Math.max(8, Math.min(left, innerWidth - card.offsetWidth - 8))}px`;
    const below = place.bottom + 8;
    card.style.top = `${below + card.offsetHeight < innerHeight ? below : Math.max(8, place.top - card.offsetHeight - 8)}px`;
  }

  const titled = (event: Event): Element | null => {
    const { target } = event;
    for (
      let at = target instanceof Element ? target : null;
      at !== null && at !== track;
      at = at.parentElement
    ) {
      if (words.has(at)) return at;
    }
    return null;
  };
  track.addEventListener("pointerover", (event) => show(titled(event)));
  track.addEventListener("pointerleave", () => {
    show(null);
    head.hidden = true;
  });
  track.addEventListener("focusin", (event) => show(titled(event)));
  track.addEventListener("focusout", () => show(null));

  track.addEventListener("pointermove", ({ clientX }) => {
    const { left, width } = track.getBoundingClientRect();
    const part = Math.max(0, Math.min(1, (clientX - left) / width));
    const at = part * endAt;
    head.hidden = false;
    head.style.left = `${part * 100}%`;
    const minutes = Math.floor(at / 60_000);
    const seconds = ((at % 60_000) / 1000).toFixed(2);
    label.textContent = !timed
      ? `#${Math.round(at) + 1}`
      : minutes === 0
        ? `${seconds} s`
        : `${minutes}:${seconds.padStart(5, "0")}`;
  });

  /** Chooses the next zoom in a direction; what is under `clientX` stays there. */
  function zoom(by: number, clientX: number): void {
    if (track === null || scroll === null) return;
    const next = zooms[zooms.findIndex(({ checked }) => checked) + by];
    if (next === undefined) return;
    const { left, width } = track.getBoundingClientRect();
    const part = (clientX - left) / width;
    next.checked = true;
    scroll.scrollLeft += track.getBoundingClientRect().left + part * track.offsetWidth - clientX;
  }

  let wheeled = 0;
  scroll.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      wheeled += event.deltaY;
      if (Math.abs(wheeled) < 60) return;
      zoom(wheeled < 0 ? 1 : -1, event.clientX);
      wheeled = 0;
    },
    { passive: false },
  );

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return show(null);
    const middle = scroll.getBoundingClientRect().left + scroll.clientWidth / 2;
    if (event.key === "+" || event.key === "=") return zoom(1, middle);
    if (event.key === "-") return zoom(-1, middle);
    const { activeElement } = document;
    const from = activeElement instanceof HTMLElement ? stops.indexOf(activeElement) : -1;
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (from < 0 || step === 0) return;
    event.preventDefault();
    stops[from + step]?.focus();
  });

  document.querySelector(".story")?.addEventListener("pointerover", (event) => {
    const { target } = event;
    const line = target instanceof Element ? target.closest("li") : null;
    light(...(line === null ? [] : stops.filter((stop) => targetOf(stop) === line.id)));
  });
  document.querySelector(".story")?.addEventListener("click", (event) => {
    const { target } = event;
    const line = target instanceof Element ? target.closest("li") : null;
    const stop = line === null ? undefined : stops.find((candidate) => targetOf(candidate) === line.id);
    if (stop === undefined) return;
    scroll.scrollLeft += stop.getBoundingClientRect().left - scroll.getBoundingClientRect().left - 60;
  });
}
