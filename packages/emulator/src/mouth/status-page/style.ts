/** The style sheet of the status page. Light or dark as the system is. */
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
  padding: 1.8rem clamp(1rem, 4vw, 3rem) 4rem;
  max-width: 76rem;
  background: var(--paper);
  color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif;
}
h1 { margin: 0; font-size: 1.35rem; letter-spacing: -0.01em; }
code { font: 0.88rem/1.5 ui-monospace, monospace; }
:focus-visible { outline: 2px solid var(--warm); outline-offset: 1px; }
body > header { display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem; align-items: baseline; margin-bottom: 1.2rem; }
body > header p { margin: 0; color: var(--faint); }
body > header .address { flex: 1; }
body > header code { color: var(--ink); overflow-wrap: anywhere; }
#link::before { content: ""; display: inline-block; width: 0.6em; height: 0.6em; margin-right: 0.4em; border-radius: 50%; background: var(--faint); }
#link.live::before { background: var(--assistant); }
#link.lost { color: var(--bad); }
#link.lost::before { background: var(--bad); }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.7rem; margin: 0 0 1.6rem; }
.tiles div { padding: 0.6rem 0.9rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.tiles dt { color: var(--faint); font-size: 0.86em; }
.tiles dd { margin: 0; font-size: 1.35rem; font-weight: 620; font-variant-numeric: tabular-nums; }
.tiles .bad dd { color: var(--bad); }
.empty { padding: 3rem 1rem; border: 1px dashed var(--line); border-radius: 10px; color: var(--faint); text-align: center; }

.session { margin-bottom: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.session > header { display: flex; flex-wrap: wrap; gap: 0.1rem 0.8rem; align-items: baseline; padding: 0.7rem 0.9rem 0.5rem; }
.session h2 { margin: 0; font: 600 0.95rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.session header span { color: var(--faint); font-size: 0.86rem; font-variant-numeric: tabular-nums; }
.session header .state { margin-left: auto; padding: 0 0.6rem; border: 1px solid currentColor; border-radius: 1rem; font-size: 0.8rem; }
.session header .state.open { color: var(--assistant); }
.session header .state.failed { color: var(--bad); }
.session.over { opacity: 0.82; }

[hidden] { display: none !important; }
.board { display: grid; grid-template-columns: max-content minmax(0, 1fr); border-top: 1px solid var(--line); }
.names { padding: 1.5rem 0.9rem 0.4rem; border-right: 1px solid var(--line); }
.names span { display: flex; align-items: center; height: 1.7rem; color: var(--faint); font-size: 0.84rem; }
.names .you { color: var(--you); font-weight: 600; }
.names .assistant { color: var(--assistant); font-weight: 600; }
.track { position: relative; margin-right: 0.9rem; padding: 1.5rem 0 0.4rem; overflow: clip; }
.lane { position: relative; height: 1.7rem; }
.tick { position: absolute; top: 0; bottom: 0; border-left: 1px solid var(--line); }
.tick b { position: absolute; top: 0.3rem; left: 0.3rem; color: var(--faint); font: 0.76rem/1 system-ui, sans-serif; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { position: absolute; top: 12%; bottom: 12%; min-width: 3px; border: 1px solid color-mix(in srgb, currentColor 40%, transparent); border-radius: 5px; background: color-mix(in srgb, currentColor 16%, transparent); overflow: clip; }
.bar span { display: block; padding: 0 0.4rem; overflow: hidden; font-size: 0.78rem; line-height: 1.25rem; white-space: nowrap; text-overflow: ellipsis; }
.bar.going { border-right-style: dashed; }
.lane.you { color: var(--you); }
.lane.assistant { color: var(--assistant); }
.lane.tools { color: var(--tools); }
.bar.cancelled, .bar.incomplete { color: var(--warm); }
.bar.failed { color: var(--bad); }
.bar.moment { max-width: 13rem; border-left-width: 3px; border-radius: 2px 5px 5px 2px; }

details { border-top: 1px solid var(--line); }
summary { padding: 0.4rem 0.9rem; color: var(--faint); font-size: 0.86rem; cursor: pointer; }
.events { max-height: 22rem; margin: 0; padding: 0 0.9rem 0.7rem; overflow: auto; list-style: none; font-size: 0.86rem; scrollbar-width: thin; }
.events li { display: grid; grid-template-columns: 4.2rem 1.2rem minmax(0, 1fr); gap: 0.4rem; }
.events time { color: var(--faint); font-variant-numeric: tabular-nums; text-align: right; }
.events .way { color: var(--faint); }
.events .client .way { color: var(--you); }
.events .server .way { color: var(--assistant); }
.events code { overflow-wrap: anywhere; }
.events i { color: var(--faint); font-style: normal; overflow-wrap: anywhere; }
.events .error code, .events .error i { color: var(--bad); }
`;
