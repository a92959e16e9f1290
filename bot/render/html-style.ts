import { PALETTES, type Palette } from './charts/palette.ts';

const properties = (palette: Palette) =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** On paper always the light ones. */
const COLOURS = `:root{color-scheme:light dark;${properties(PALETTES.light)}}
@media screen and (prefers-color-scheme:dark){:root{${properties(PALETTES.dark)}}}`;

/** The page's whole style, inside the page: light and dark, narrow and wide, on paper. */
export const HTML_STYLE = `
${COLOURS}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:52rem;margin:0 auto;padding:1rem}
h1{font-size:1.25rem;line-height:1.4;margin:.5rem 0 1rem}
h2{font-size:1.1rem;line-height:1.4;margin:1.5rem 0 .5rem}
h3{font-size:1rem;margin:1.25rem 0 .4rem}
p{margin:.4rem 0}
.question,footer,.cite{color:var(--soft)}
footer{margin-top:1.5rem;padding-top:.6rem;border-top:1px solid var(--line);font-size:.85rem}
code,pre,time{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.85em}
time{color:var(--soft)}
h1,h2,p,li,code,summary,a,th{overflow-wrap:anywhere}
a{color:inherit}
ul,ol{padding-left:1.4rem;margin:.3rem 0}
li{margin:.25rem 0}
.plain{list-style:none;padding-left:0}
.plain ul{list-style:none;padding-left:0;margin-left:.1rem}
.by{display:inline-block;margin-right:.5rem;color:var(--soft);font-weight:600}
.tag{border:1px solid currentColor;border-radius:.3rem;padding:0 .35rem}
.confirmed{color:var(--ok)}.likely,.inconclusive{color:var(--mid)}
.chain{list-style:none;padding-left:0}
.chain li{border-left:3px solid var(--line);padding:.15rem 0 .35rem .7rem;margin:0}
.chain li:last-child{border-left-color:var(--bar)}
.cite{display:block;font-size:.8rem}
table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:normal}
thead th{text-align:right;color:var(--soft)}
td{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
th,td{padding:.15rem .4rem}
tr{border-bottom:1px solid var(--line)}
.total{font-weight:600;border-bottom:0}.total th{font-weight:600}
.bar{width:30%;text-align:left}.bar i{display:block;height:.7rem;min-width:0;background:var(--bar)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid var(--line);padding-left:.6rem;margin:.4rem 0}
details{margin:.3rem 0}details:target{outline:2px solid var(--bar);outline-offset:.2rem}
figure{margin:1rem 0}
figcaption{font-weight:600;margin-bottom:.3rem}
figure svg{display:block;width:100%;height:auto;overflow:visible;font-family:inherit}
figure svg.narrow{display:none}
.turn{border-left:3px solid var(--line);padding-left:.7rem;margin:.8rem 0}
.said{font-weight:600}
.reply{white-space:pre-wrap;overflow-wrap:anywhere}
.closed{border:1px solid var(--ok);border-radius:.3rem;padding:.4rem .7rem}
@media (max-width:34rem){main{padding:.75rem}figure svg.wide{display:none}figure svg.narrow{display:block}th,td{padding:.15rem .25rem}.bar{width:18%}}
@media print{figure,.turn,tr{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}}
`;
