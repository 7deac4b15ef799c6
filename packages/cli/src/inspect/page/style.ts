/** The style sheet of the page, apart from the places of its elements. Light or dark as the system is. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#faf9f6, #15171c);
  --card: light-dark(#ffffff, #1c1f26);
  --ink: light-dark(#1d2129, #e7e5df);
  --faint: light-dark(#6a707c, #9299a6);
  --line: light-dark(#e4e2dc, #2c313b);
  --you: light-dark(#0b7285, #4cc9e0);
  --assistant: light-dark(#2b7a43, #6fd08c);
  --tools: light-dark(#7a3fb0, #c597f2);
  --warm: light-dark(#a85d00, #f0b352);
  --bad: light-dark(#c02c22, #ff7b6e);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  padding: 2.2rem clamp(1rem, 4vw, 3rem) 4rem;
  max-width: 84rem;
  background: var(--paper);
  color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif;
}
h1 { margin: 0; font-size: 1.5rem; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 2.4rem 0 0.8rem; font-size: 1.05rem; }
.facts { margin: 0.2rem 0 1.4rem; color: var(--faint); }
small { color: var(--faint); font-size: 0.86em; }
a { color: inherit; text-decoration: none; }
:focus-visible { outline: 2px solid var(--warm); outline-offset: 1px; }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 0.7rem; margin: 0; }
.tiles div { padding: 0.7rem 0.9rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.tiles dt { color: var(--faint); font-size: 0.86em; }
.tiles dd { margin: 0; }
.tiles strong { display: block; font-size: 1.35rem; font-weight: 620; font-variant-numeric: tabular-nums; }
.tiles small { display: block; min-height: 1.3em; overflow-wrap: anywhere; }
.tiles .bad strong { color: var(--bad); }

.chart { margin-top: 1.4rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.chart > header { display: flex; flex-wrap: wrap; gap: 0.4rem 1.4rem; align-items: center; padding: 0.7rem 0.9rem; }
.chart h2 { margin: 0; }
.zoom { display: flex; gap: 2px; margin: 0 0 0 auto; padding: 0; border: 0; }
.zoom legend { float: left; padding: 0 0.5rem 0 0; color: var(--faint); font-size: 0.86em; line-height: 1.9; }
.zoom input { position: absolute; opacity: 0; pointer-events: none; }
.zoom span { display: block; padding: 0.1rem 0.55rem; border: 1px solid var(--line); border-radius: 6px; font-size: 0.86em; cursor: pointer; }
.zoom :checked + span { background: var(--ink); border-color: var(--ink); color: var(--paper); }
.zoom :focus-visible + span { outline: 2px solid var(--warm); }
.board { display: grid; grid-template-columns: max-content minmax(0, 1fr); border-top: 1px solid var(--line); }
.names { padding: 1.9rem 0.9rem 0.9rem; border-right: 1px solid var(--line); }
.names span { display: flex; align-items: center; color: var(--faint); font-size: 0.86em; }
.names .you { color: var(--you); font-weight: 600; }
.names .assistant { color: var(--assistant); font-weight: 600; }
.scroll { overflow-x: auto; padding: 0 2.6rem 0.9rem 0.7rem; scrollbar-width: thin; }
.track { position: relative; min-width: 100%; padding-top: 1.9rem; }
.lane { position: relative; }
.lane, .names span { height: 1.6rem; }
.names .you, .names .assistant, .lane.you, .lane.assistant { height: 4.2rem; }
.names .received, .lane.received, .names .responses, .lane.responses { height: 1.1rem; }
.lane.received, .names .received { margin-bottom: 0.4rem; }

.tick { display: none; position: absolute; top: 0; bottom: 0; border-left: 1px solid var(--line); }
.tick b { position: absolute; top: 0.45rem; left: 0.3rem; color: var(--faint); font: 0.78rem/1 system-ui, sans-serif; font-variant-numeric: tabular-nums; white-space: nowrap; }

.bar, .ghost, .wait, .wave { position: absolute; top: 8%; bottom: 8%; }
.bar { display: block; min-width: 3px; margin: 0; padding: 0; overflow: clip; border: 0; border-radius: 5px; background: none; font: inherit; text-align: left; cursor: pointer; }
.bar span { display: block; padding: 0.05rem 0.4rem; overflow: hidden; font-size: 0.78rem; white-space: nowrap; text-overflow: ellipsis; }
.bar.speech span { position: sticky; left: 0; width: fit-content; max-width: 100%; }
.speech { border: 1px solid color-mix(in srgb, currentColor 34%, transparent); }
.lane.you { color: var(--you); }
.lane.assistant { color: var(--assistant); }
.lane.you .speech { background: color-mix(in srgb, var(--you) 14%, transparent); }
.lane.assistant .speech { background: color-mix(in srgb, var(--assistant) 14%, transparent); }
.speech.estimated { border-style: dashed; }
.wave { height: 84%; pointer-events: none; fill: currentColor; }
.lane.you .wave { top: 34%; height: 62%; opacity: 0.75; }
.lane.assistant .wave { top: 34%; height: 62%; }
.wave.unheard { opacity: 0.28; }
.ghost { border: 1px dashed color-mix(in srgb, var(--assistant) 45%, transparent); border-left: 0; border-radius: 0 5px 5px 0; background: repeating-linear-gradient(-45deg, transparent 0 5px, color-mix(in srgb, var(--assistant) 12%, transparent) 5px 7px); }
.bar.speech, .wait { container-type: inline-size; }
@container (max-width: 2.4rem) { .wait span, .bar.speech span, .label span { display: none; } }
.wait { top: auto; bottom: -0.62rem; height: 1.15rem; border-top: 1px dotted var(--warm); z-index: 2; }
.wait span { position: absolute; left: 50%; bottom: -0.1rem; translate: -50% 0; padding: 0 0.3rem; border-radius: 4px; background: var(--card); color: var(--warm); font-size: 0.74rem; line-height: 1.25; font-variant-numeric: tabular-nums; white-space: nowrap; }
.thin { top: 32%; bottom: 32%; border-radius: 3px; }
.lane.received .thin { background: color-mix(in srgb, var(--assistant) 55%, var(--card)); }
.lane.responses .thin { background: color-mix(in srgb, var(--ink) 38%, var(--card)); }
.lane.responses .cancelled, .lane.responses .incomplete { background: var(--warm); }
.lane.responses .failed { background: var(--bad); }
.chip { background: currentColor; }
.texts > div, .tools > div { color: var(--tools); }
.texts > .user { color: var(--you); }
.texts > .assistant { color: var(--assistant); }
.texts > .system { color: var(--faint); }
.tools > .failed { color: var(--bad); }
.label { position: absolute; top: 8%; bottom: 8%; container-type: inline-size; pointer-events: none; }
.label span { display: block; padding: 0.05rem 0.4rem; overflow: hidden; font-size: 0.78rem; white-space: nowrap; text-overflow: ellipsis; }
.label.before span { text-align: right; }
.pin { position: absolute; top: 50%; width: 9px; height: 9px; margin: -5px 0 0 -4px; border-radius: 50%; background: var(--faint); }
.pin.error { width: 11px; height: 11px; border-radius: 2px; rotate: 45deg; background: var(--bad); }
.pin.notice { background: var(--warm); }
.cut { position: absolute; top: 1.6rem; bottom: 0; width: 0; border-left: 2px dashed var(--warm); z-index: 3; }
.cut span { position: absolute; top: -0.7rem; left: -0.62rem; width: 1.2rem; color: var(--warm); text-align: center; line-height: 1; }
.bar:hover, .bar.lit, .pin.lit, .cut.lit { outline: 2px solid var(--warm); outline-offset: 1px; }
.head { position: absolute; top: 1.3rem; bottom: 0; width: 0; border-left: 1px solid color-mix(in srgb, var(--ink) 50%, transparent); pointer-events: none; z-index: 4; }
.head b { position: absolute; top: -0.2rem; left: 0.3rem; padding: 0 0.25rem; border-radius: 3px; background: var(--ink); color: var(--paper); font: 0.74rem/1.4 system-ui, sans-serif; font-variant-numeric: tabular-nums; white-space: nowrap; }
.card { position: fixed; z-index: 9; max-width: 26rem; padding: 0.5rem 0.7rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); box-shadow: 0 6px 24px #0003; font-size: 0.88rem; white-space: pre-line; pointer-events: none; }
.legend { margin: 0; padding: 0.5rem 0.9rem; border-top: 1px solid var(--line); color: var(--faint); font-size: 0.82rem; }

.story { margin: 0; padding: 0; list-style: none; }
.story li { display: grid; grid-template-columns: 4rem 5.6rem minmax(0, 1fr); gap: 0.7rem; padding: 0.35rem 0.5rem; border-radius: 8px; scroll-margin: 4rem; }
.story .time { color: var(--faint); font-variant-numeric: tabular-nums; text-align: right; }
.story .who { color: var(--faint); }
.story div { max-width: 46rem; overflow-wrap: anywhere; }
.story .you .who { color: var(--you); font-weight: 600; }
.story .assistant .who { color: var(--assistant); font-weight: 600; }
.story .tool .who { color: var(--tools); font-weight: 600; }
.story .response .who, .story .notice .who { color: var(--warm); font-weight: 600; }
.story .error .who, .story .error .words, .story .failed .who { color: var(--bad); }
.story .link, .story .session, .story .pause { color: var(--faint); font-size: 0.9rem; }
.story .scissors { margin: 0 0.35em; color: var(--warm); }
.story s { color: var(--faint); text-decoration-color: color-mix(in srgb, var(--warm) 60%, transparent); }
.story small { display: block; }
.story code { font: 0.86rem/1.5 ui-monospace, monospace; }
.story li:hover, .story li.lit { background: color-mix(in srgb, var(--warm) 9%, transparent); }
.story li:target { background: color-mix(in srgb, var(--warm) 18%, transparent); }
@media (max-width: 40rem) { .story li { grid-template-columns: 3.4rem minmax(0, 1fr); } .story div { grid-column: 2; } }
@media print { .zoom, .card, .head { display: none; } }
`;
