/**
 * Levels from 0 to 100 as a filled shape around a middle line, stretched to whatever room its class gives it. Empty
 * where there are none.
 */
export function wave(levels: readonly number[], className: string): string {
  if (levels.length === 0) return "";
  const edge = (sign: 1 | -1) => (level: number, index: number) =>
    `${index + 0.5} ${50 + (sign * Math.max(2, level)) / 2.2}`;
  const upper = levels.map(edge(-1));
  const lower = levels.map(edge(1)).reverse();
  const shape = `M0 50L${[...upper, `${levels.length} 50`, ...lower].join("L")}Z`;
  return `<svg class="wave ${className}" viewBox="0 0 ${levels.length} 100" preserveAspectRatio="none" aria-hidden="true"><path d="${shape}"/></svg>`;
}
