/**
 * How well the words of a page can be told from what is behind them: the least of their contrasts, as WCAG 2.2 has it, and
 * the words that have it. To be run in the page. Left out is what is disabled, and what is there for no eye or no ear.
 */
export function leastContrast(): { readonly contrast: number; readonly words: string } {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (canvas === null) throw new Error("There is nothing to paint on.");

  /** A colour as it looks on another, which is opaque. */
  const painted = (color: string, ground: readonly number[]): readonly number[] => {
    for (const style of [`rgb(${ground.join()})`, color]) {
      canvas.fillStyle = style;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (color: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = color.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (element: Element | null): readonly number[] =>
    element === null
      ? [255, 255, 255]
      : painted(getComputedStyle(element).backgroundColor, groundOf(element.parentElement));

  let least = { contrast: 21, words: "" };
  for (const element of document.querySelectorAll("body *")) {
    const hasWords = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== "",
    );
    if (!hasWords || !element.checkVisibility()) continue;
    if (element.closest(".unseen, :disabled, script") !== null) continue;
    const ground = groundOf(element);
    const [dark = 0, light = 0] = [
      luminance(painted(getComputedStyle(element).color, ground)),
      luminance(ground),
    ].sort((a, b) => a - b);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < least.contrast) least = { contrast, words: element.textContent ?? "" };
  }
  return least;
}
