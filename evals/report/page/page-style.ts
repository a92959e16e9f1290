import { PALETTES, type Palette } from '../../../bot/render/charts/palette.ts';

const properties = (palette: Palette) =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** What lies behind cards and code: a step from the paper, near enough that the palette's contrasts hold. */
export const RAISED = { light: '#f6f7f9', dark: '#1d2126' } as const;

const COLOURS = `:root{color-scheme:light dark;${properties(PALETTES.light)};--raised:${RAISED.light}}
@media screen and (prefers-color-scheme:dark){:root{${properties(PALETTES.dark)};--raised:${RAISED.dark}}}`;

/** The whole style of the report, inside the page: light and dark, wide and narrow, on paper. */
export const PAGE_STYLE = `
${COLOURS}
*{box-sizing:border-box}
html{scroll-padding-top:3.5rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main,.head{max-width:72rem;margin:0 auto;padding:0 1.25rem}
.head{padding-top:1.5rem}
h1{font-size:1.5rem;line-height:1.25;margin:0}
h2{font-size:1.25rem;line-height:1.3;margin:2.75rem 0 .25rem}
h3{font-size:1rem;line-height:1.35;margin:1.5rem 0 .25rem}
h4{font-size:.8rem;font-weight:600;color:var(--soft);margin:1rem 0 .2rem}
p{margin:.35rem 0;max-width:48rem}
.head p{max-width:none}td.n+td,th.n+th:not(.n){padding-left:1rem}
.soft,.note{color:var(--soft)}.note{font-size:.87rem;margin:.1rem 0 .6rem}
code,pre,.mono{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace;font-size:.86em}
p,li,td,th,code,summary,dd,.mono{overflow-wrap:anywhere}
a{color:inherit;text-underline-offset:.15em}
ul{margin:.3rem 0;padding-left:1.2rem}li{margin:.15rem 0}
nav{position:sticky;top:0;z-index:2;background:var(--paper);border-bottom:1px solid var(--line);margin-top:1rem}
nav div{max-width:72rem;margin:0 auto;padding:.55rem 1.25rem;display:flex;gap:.35rem 1.1rem;overflow-x:auto;white-space:nowrap;font-size:.9rem;scrollbar-width:none}
nav a{text-decoration:none;color:var(--soft)}nav a:hover,nav a:focus-visible{color:var(--ink);text-decoration:underline}
:focus-visible{outline:2px solid var(--bar);outline-offset:2px}
.verdict{display:flex;gap:.75rem;align-items:baseline;border:1px solid var(--line);border-left:.35rem solid var(--ok);border-radius:.4rem;padding:.7rem 1rem;margin:1.1rem 0 0;background:var(--raised)}
.verdict.blocked{border-left-color:var(--alarm)}
.verdict b{font-size:1.05rem;white-space:nowrap}.verdict.passed b{color:var(--ok)}.verdict.blocked b{color:var(--alarm)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.6rem,1fr));gap:.75rem;margin:1rem 0}
.card{border:1px solid var(--line);border-radius:.5rem;padding:.8rem 1rem;background:var(--raised)}
.card .what{font-size:.82rem;color:var(--soft)}
.card .figure{display:block;font-size:1.75rem;line-height:1.25;font-weight:650;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
.card .more{font-size:.82rem;color:var(--soft)}
.card.wide{grid-column:span 2}.card.wide .figure{font-size:2.4rem}
.bad{color:var(--alarm)}.good{color:var(--ok)}.mid{color:var(--mid)}
.scroll{overflow-x:auto;margin:.3rem 0;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th{text-align:left;font-weight:400}
thead th{color:var(--soft);font-size:.8rem;vertical-align:bottom;border-bottom:1px solid var(--usual)}
tbody tr{border-bottom:1px solid var(--line)}
th,td{padding:.3rem .6rem .3rem 0;vertical-align:top}
td:last-child,th:last-child{padding-right:0}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.nowrap,.keep{white-space:nowrap}
.track{display:block;width:100%;min-width:7rem;height:1.3rem;overflow:visible}
.trackcell{width:38%}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(27rem,100%),1fr));gap:0 2.5rem}
.columns>*{min-width:0}
figure{margin:.8rem 0}figcaption{font-weight:600;margin-bottom:.1rem}
figure svg{display:block;width:100%;max-width:30rem;height:auto;overflow:visible;font:12px system-ui,"Noto Sans",sans-serif}
.matrix{width:auto;font-size:.82rem}
.matrix th,.matrix td{padding:.2rem .35rem;border:1px solid var(--line)}
.matrix thead th{border-bottom:1px solid var(--line)}
.matrix tbody th,.matrix thead th:first-child{position:sticky;left:0;background:var(--paper);white-space:nowrap}
.matrix .turned{writing-mode:vertical-rl;transform:rotate(180deg);text-align:left;white-space:nowrap;padding:.35rem .2rem;vertical-align:top}
.matrix td{text-align:center;min-width:2.1rem;font-variant-numeric:tabular-nums}
.matrix .none{color:var(--line)}
.matrix .hit{background:color-mix(in srgb,var(--ok) var(--heat),var(--paper))}
.matrix .miss{background:color-mix(in srgb,var(--alarm) var(--heat),var(--paper));font-weight:700;outline:2px solid var(--alarm);outline-offset:-2px}
details{border-bottom:1px solid var(--line)}
details>summary{cursor:pointer;padding:.4rem 0;list-style-position:outside;margin-left:1.1rem}
details[open]>summary{font-weight:600}
.inside{padding:0 0 1rem 1.1rem}
.worst{border:1px solid var(--line);border-radius:.5rem;padding:.2rem 1.1rem 1rem;margin:1rem 0}
.worst h3{display:flex;flex-wrap:wrap;gap:.2rem .7rem;align-items:baseline}
.worst h3{margin-top:.7rem}.worst p,.worst .question{max-width:none}.worst>details{border-bottom:0}
.halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.rank{color:var(--soft);font-variant-numeric:tabular-nums}
.pill{display:inline-block;border:1px solid currentColor;border-radius:.3rem;padding:0 .4rem;font-size:.78rem;font-weight:400;white-space:nowrap}
.question{border-left:3px solid var(--usual);padding-left:.7rem;margin:.4rem 0;max-width:56rem}
dl{display:grid;grid-template-columns:minmax(5.5rem,max-content) 1fr;gap:.15rem .9rem;margin:.4rem 0}
dt{color:var(--soft)}dd{margin:0}
.chain{list-style:none;padding-left:0;margin:.3rem 0;max-width:60rem}
.chain>li{border-left:3px solid var(--line);padding:.1rem 0 .4rem .7rem;margin:0}
.chain>li:last-child{border-left-color:var(--bar)}
.cite{display:block;color:var(--soft);font-size:.82rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--raised);border-radius:.3rem;padding:.35rem .6rem;margin:.2rem 0;font-size:.8rem}
.mark{display:inline-block;width:1.35em;font-weight:700;text-align:center}
.filter{position:sticky;top:2.5rem;z-index:1;background:var(--paper);display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;padding:.6rem 0;border-bottom:1px solid var(--usual)}
.filter[hidden]{display:none}
input,select{font:inherit;color:inherit;background:var(--raised);border:1px solid var(--usual);border-radius:.35rem;padding:.35rem .6rem}
input{flex:1 1 14rem;min-width:0}
.trial>summary{display:grid;grid-template-columns:1.4em minmax(14rem,1.2fr) minmax(9rem,1fr) minmax(9rem,1fr) max-content;gap:.2rem .8rem;margin-left:0;font-size:.9rem;list-style:none}
.trial>summary::-webkit-details-marker{display:none}
.trial>summary:hover{background:var(--raised)}
.trial .inside{padding-left:2.2em}
footer{max-width:72rem;margin:3rem auto 0;padding:1rem 1.25rem 3rem;border-top:1px solid var(--line);color:var(--soft);font-size:.87rem}
@media (max-width:40rem){
body{font-size:16px}main,.head,nav div{padding-left:1rem;padding-right:1rem}
.cards{grid-template-columns:1fr 1fr}.card{padding:.65rem .75rem}.card .figure{font-size:1.4rem}.card.wide .figure{font-size:2rem}
.trackcell{width:26%}.track{min-width:3.6rem}.wideonly{display:none}
.trial>summary{grid-template-columns:1.4em 1fr}.trial>summary>:nth-child(n+3){grid-column:2}
.trial .inside,.inside{padding-left:.2rem}.worst{padding:.1rem .8rem .8rem}
dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.35rem}
.verdict{flex-direction:column;gap:.1rem}
.stack thead{display:none}.stack tr,.stack td,.stack th{display:block}.stack tr{padding:.45rem 0}.stack td,.stack th,.stack td.n+td{padding:0;text-align:left}.stack td::before{content:attr(data-name) ": ";color:var(--soft);font-size:.85em}
}
@media print{nav,.filter{display:none}.worst,figure,tr,.card{break-inside:avoid}}
`;
