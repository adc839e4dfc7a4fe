// Letters: fonts of the widths of Helvetica, so that labels take the room that charts give them on every system.
// Colours: blue, vermilion and green of Okabe and Ito's palette, which people of every colour vision tell apart,
// darkened until words in them have a contrast of at least 4.5 on the page; on dark ground their lighter kin.
#include "lodestone/insight/html_page.hpp"

namespace lodestone::insight {

const char* html_style() {
  return R"(
:root { --ground: #fffefb; --ink: #1c1f23; --soft: #5b626b; --rule: #d9d6cd; --faint: #efece4;
  --inside: #0067a5; --outside: #b94700; --third: #00735c; --fourth: #8a3f76; --muted: #6b6f75; --mutedbar: #c9c5ba; --onmuted: #1c1f23; --on: #fff;
  --h1: #fbe9dc; --h2: #f6cfb2; --h3: #eda77a; --h4: #cf6a2c; --h5: #a53f00; color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181b; --ink: #e9e7e1; --soft: #a5abb3; --rule: #3a3e44; --faint: #24272b;
    --inside: #62b4ec; --outside: #ff9a5c; --third: #4cc9a8; --fourth: #e0a0d0; --muted: #9aa0a7; --mutedbar: #4a4f56; --onmuted: #e9e7e1; --on: #101214;
    --h1: #33251c; --h2: #553521; --h3: #804a26; --h4: #e08a4f; --h5: #ffb384; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; } h1, h2, #answer, #warning, li, dt, figcaption, caption, summary { overflow-wrap: anywhere; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.5;
  font: 16px/1.5 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", Roboto, "Noto Sans", sans-serif; }
main, footer { max-width: 1120px; margin: 0 auto; padding: 0 16px; }
h1, h2, #answer, .big { font-family: Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "Liberation Serif", serif; text-wrap: balance; }
.kicker { margin: 22px 0 6px; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
h1 { margin: 0 0 10px; font-size: clamp(1.5rem, 1.1rem + 1.9vw, 2.25rem); line-height: 1.18; font-weight: 700; }
#warning { margin: 0 0 12px; padding: 8px 12px; border-left: 4px solid var(--outside); background: var(--faint); font-weight: 600; max-width: none; }
#answer { margin: 0 0 18px; max-width: 62rem; font-size: clamp(1.08rem, 1rem + .55vw, 1.35rem); line-height: 1.42; text-wrap: pretty; }
h2 { margin: 0 0 8px; font-size: 1.4rem; line-height: 1.25; }
.head { display: grid; grid-template-columns: 3fr 2fr; gap: 12px 40px; border-top: 1px solid var(--rule); padding-top: 14px; }
.head h2 { font: 700 .95rem/1.4 inherit; font-size: .95rem; font-family: inherit; }
.head section { border: 0; margin: 0; padding: 0; }
ol { margin: 0; padding-left: 1.3em; } li { margin-bottom: 5px; } #drivers { font-size: 1.06rem; } #drivers li::marker { color: var(--outside); font-weight: 700; }
.big { margin: -4px 0 4px; font-size: 2.1rem; line-height: 1.1; } .big .small { font: 400 .95rem Helvetica, Arial, sans-serif; color: var(--soft); }
.meters { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; margin: 0; font-size: .92rem; }
.meters dt { grid-column: 1; } .meters dd b { font-weight: 400; min-width: 2.9em; text-align: right; } .meters dd { grid-column: 2; margin: 0; display: flex; align-items: center; gap: 8px; white-space: nowrap; }
.meter { flex: 1; height: 8px; background: var(--faint); } .meter i { display: block; height: 8px; background: var(--outside); }
.note { margin: 6px 0 16px; color: var(--soft); font-size: .86rem; max-width: 75ch; }
nav { margin: 20px 0 0; padding: 9px 0; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); font-size: .92rem; }
nav ul { margin: 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 3px 20px; } nav li { margin: 0; }
a { color: var(--inside); text-underline-offset: 2px; } a:focus-visible, summary:focus-visible { outline: 2px solid var(--inside); outline-offset: 2px; }
main > section { margin: 34px 0 0; } section p { max-width: 72ch; margin: 0 0 12px; overflow-wrap: anywhere; }
figure { margin: 0 0 18px; min-width: 0; } figcaption, caption, .caption { font-weight: 600; text-align: left; margin-bottom: 6px; padding: 0; }
caption { padding-bottom: 4px; }
.folded .note { margin-bottom: 8px; } .folded caption { display: none; } details.folded table { width: 100%; }
.grid figcaption { min-height: 3em; display: flex; align-items: flex-end; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); gap: 10px 34px; align-items: start; }
.pairs { grid-template-columns: repeat(auto-fill, minmax(min(440px, 100%), 1fr)); }
svg { display: block; width: 100%; height: auto; overflow: visible; } svg.narrow { max-width: 440px; } svg.wide { max-width: 980px; } svg.phone { display: none; }
svg text { font-size: 12px; fill: var(--ink); } svg .tick, svg .unit, svg .actname { font-size: 11px; fill: var(--soft); }
svg .heading { font-weight: 600; fill: var(--soft); } svg .value { font-weight: 600; }
svg .gridline { stroke: var(--faint); } svg .axis { stroke: var(--soft); stroke-width: 1; } svg path { fill: none; }
svg .shade { fill: var(--ink); opacity: .055; } svg .act { fill: var(--soft); } svg .bound { stroke: var(--ink); stroke-dasharray: 2 3; }
svg .band { opacity: .17; } svg .band.inside { fill: var(--inside); } svg .band.outside { fill: var(--outside); } svg .band.muted { fill: var(--muted); }
svg .line { stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
svg .line.inside { stroke: var(--inside); } svg .line.outside { stroke: var(--outside); } svg .line.third { stroke: var(--third); } svg .line.muted { stroke: var(--muted); }
svg .dot.inside, svg .bar.inside, svg text.inside { fill: var(--inside); } svg .dot.outside, svg .bar.outside, svg text.outside { fill: var(--outside); }
svg tspan { font-weight: 400; } svg tspan.inside { fill: var(--inside); } svg tspan.outside { fill: var(--outside); } svg tspan.third { fill: var(--third); } svg .bar.fourth, svg tspan.fourth { fill: var(--fourth); } svg tspan.muted { fill: var(--muted); }
svg .dot.third, svg .bar.third, svg text.third { fill: var(--third); } svg .dot.muted, svg text.muted { fill: var(--muted); } svg .bar.muted { fill: var(--mutedbar); }
svg text.name { font-weight: 600; } svg text.label { font-weight: 500; } svg .bar { stroke: var(--ground); stroke-width: 1; } svg text.on { fill: var(--on); } svg text.on.muted { fill: var(--onmuted); }
table { border-collapse: collapse; font-size: .88rem; width: 100%; margin: 0 0 4px; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 10px 4px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--faint); overflow-wrap: break-word; }
th { color: var(--soft); font-weight: 600; border-color: var(--rule); } th.n, td.n { text-align: right; } td.n { white-space: nowrap; } td.long { overflow-wrap: anywhere; } .none { color: var(--soft); }
th:last-child, td:last-child { padding-right: 0; } mark { background: none; color: var(--outside); font-weight: 600; } mark::before { content: "\25B2\00A0"; font-size: .7em; }
.heat { width: auto; border-spacing: 2px; border-collapse: separate; } .heat td { min-width: 44px; text-align: center; padding: 5px 4px; border: 0; } .heat thead th { text-align: center; padding: 2px; border: 0; }
.heat th:first-child { text-align: left; font-weight: 400; color: var(--ink); border: 0; } .heat abbr { text-decoration: none; }
.h0 { background: var(--faint); } .h1 { background: var(--h1); } .h2 { background: var(--h2); } .h3 { background: var(--h3); } .h4 { background: var(--h4); color: var(--ink); } .h5 { background: var(--h5); color: var(--ground); }
details { margin: 4px 0 10px; font-size: .88rem; } summary { cursor: pointer; color: var(--inside); } details table { width: auto; margin-top: 6px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--faint); padding: 10px 12px; font: .85rem/1.45 ui-monospace, "Liberation Mono", monospace; margin: 6px 0 12px; }
footer { margin-top: 40px; padding: 12px 16px 30px; color: var(--soft); font-size: .85rem; border-top: 1px solid var(--rule); overflow-wrap: anywhere; }
@media (max-width: 720px) {
  .grid figcaption { min-height: 0; } .head { grid-template-columns: minmax(0, 1fr); gap: 16px; } svg.wide { display: none; } svg.phone { display: block; max-width: 480px; }
  .cards, .cards tbody, .cards caption { display: block; } .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards tr { display: flex; flex-wrap: wrap; gap: 0 14px; border-bottom: 1px solid var(--rule); padding: 6px 0; } .cards td { border: 0; padding: 0; text-align: left; white-space: normal; max-width: 100%; overflow-wrap: anywhere; }
  .cards td::before { content: attr(data-label) "\00A0"; color: var(--soft); font-size: .92em; } .cards td.none { display: none; } .cards td.long { flex: 1 0 100%; }
  .cards td:first-child { font-weight: 600; flex: 1 0 100%; } .cards td:first-child::before { content: none; }
  details table { width: 100%; }
  .heat thead th { font-size: .68rem; overflow-wrap: normal; padding: 0; } .heat { font-size: .78rem; width: 100%; table-layout: fixed; border-spacing: 1px; } .heat td { min-width: 0; padding: 5px 0; } .heat th:first-child { width: 31%; padding-right: 4px; overflow-wrap: anywhere; } }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  :root { --ground: #fff; --ink: #000; --soft: #444; --rule: #bbb; --faint: #ececec; --inside: #0067a5; --outside: #b94700; --third: #00735c; --fourth: #8a3f76; --muted: #666; --mutedbar: #ccc; --onmuted: #000; --on: #fff;
    --h1: #fbe9dc; --h2: #f6cfb2; --h3: #eda77a; --h4: #cf6a2c; --h5: #a53f00; color-scheme: light; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10.5pt; } main, footer { max-width: none; padding: 0; } nav, details:not([open]) { display: none; }
  .head { grid-template-columns: 1fr 1fr; gap: 8pt 24pt; } h1 { font-size: 19pt; } #answer { font-size: 12pt; } svg.wide { max-width: 158mm; } #table-identity { break-inside: avoid; } .grid { grid-template-columns: 1fr 1fr; } svg.wide { display: block; } svg.phone { display: none; }
  svg .line.inside { stroke-dasharray: 7 3; } main > section > p { break-after: avoid; break-inside: avoid; } #sources, #unmet { break-before: page; }
  figure, tr, .note, .head { break-inside: avoid; } .note { break-before: avoid; } h2, caption, figcaption { break-after: avoid; } main > section { margin-top: 20pt; }
  table { font-size: 8.5pt; } thead { display: table-header-group; } a { color: inherit; text-decoration: none; } }
)";
}

}  // namespace lodestone::insight
