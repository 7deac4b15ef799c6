/** Tells while a button is held: by a pointer, or by Space or Enter when it has the focus. */
export function holdButton(button: HTMLButtonElement, changed: (isHeld: boolean) => void): void {
  let isHeld = false;
  const set = (held: boolean): void => {
    if (held === isHeld) return;
    isHeld = held;
    button.toggleAttribute("data-held", held);
    changed(held);
  };
  const isKey = ({ key }: KeyboardEvent): boolean => key === " " || key === "Enter";
  button.addEventListener("pointerdown", ({ pointerId }) => {
    button.setPointerCapture(pointerId);
    set(true);
  });
  for (const type of ["pointerup", "pointercancel", "blur"]) button.addEventListener(type, () => set(false));
  button.addEventListener("keydown", (event) => {
    if (!isKey(event)) return;
    event.preventDefault();
    set(true);
  });
  button.addEventListener("keyup", (event) => {
    if (isKey(event)) set(false);
  });
}
