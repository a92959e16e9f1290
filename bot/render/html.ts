import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import { chainLines } from './chain-lines.ts';
import { formatClock, formatDuration } from './format-duration.ts';
import { LABELS, RESPONSIBILITY_NAMES, STANDING_NAMES } from './labels.ts';
import { ledgerRows } from './ledger-rows.ts';
import { visibleText } from './visible-text.ts';

/** A diagnosis as one self-contained page: no script, no outside request, readable on a phone and in the dark. */
export function renderHtml(diagnosis: Diagnosis): string {
  const language = diagnosis.question.language;
  const body = [
    `<p class="question">${html(diagnosis.question.text)}</p>`,
    `<h1>${html(diagnosis.summary)}</h1>`,
    ...(diagnosis.refusal
      ? []
      : [causes(diagnosis), theories(diagnosis), ledger(diagnosis), needed(diagnosis), evidence(diagnosis)]),
    footer(diagnosis),
  ];
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(diagnosis.id)}</title>
<style>${STYLE}</style>
</head>
<body><main>
${body.filter((block) => block !== '').join('\n')}
</main></body>
</html>
`;
}

function causes(diagnosis: Diagnosis): string {
  return diagnosis.rootCauses
    .filter((cause) => !cause.code.startsWith('none.'))
    .map((cause) => causeSection(diagnosis, cause))
    .join('\n');
}

function causeSection(diagnosis: Diagnosis, cause: RootCause): string {
  const language = diagnosis.question.language;
  const words = LABELS[language];
  const standing = STANDING_NAMES[language][cause.standing];
  const links = chainLines(diagnosis, cause).map(
    (line) =>
      `<li><time>${html(line.clock)}</time> ${html(line.statement)} ${line.citations.map(citation).join(' ')}</li>`,
  );
  const remedies = cause.remediations.map((remedy) => {
    const settings = remedy.settings.map(
      (setting) =>
        `<li><code>${html(setting.key)}</code>: <code>${html(setting.from ?? '–')}</code> → <code>${html(setting.to)}</code>, ${html(setting.because)}</li>`,
    );
    const by = remedy.by === 'platform' ? words.platform : words.user;
    return `<li><b>${by}</b> ${html(remedy.statement)}${settings.length > 0 ? `<ul>${settings.join('')}</ul>` : ''}</li>`;
  });
  return [
    `<section><h2>${html(cause.statement)}</h2>`,
    `<p><span class="tag ${cause.standing}">${standing}</span> <code>${cause.code}</code> · ${RESPONSIBILITY_NAMES[language][cause.responsibility]}</p>`,
    links.length > 0 ? `<h3>${words.howItWent}</h3><ol class="chain">${links.join('\n')}</ol>` : '',
    remedies.length > 0 ? `<h3>${words.doIt}</h3><ul>${remedies.join('\n')}</ul>` : '',
    '</section>',
  ].join('\n');
}

function citation(text: string): string {
  const id = /^e\d+/.exec(text)?.[0] ?? '';
  return `<a href="#${id}">[${html(text)}]</a>`;
}

function theories(diagnosis: Diagnosis): string {
  const words = LABELS[diagnosis.question.language];
  const items = diagnosis.theories.map((theory) => {
    const label = { ruled_out: words.notIt, confirmed: words.confirmedGuess, open: words.openGuess }[theory.verdict];
    return `<li><b>${label}</b> “${html(theory.text)}”${theory.why ? `: ${html(theory.why)}` : ''}</li>`;
  });
  return items.length > 0 ? `<section><ul>${items.join('\n')}</ul></section>` : '';
}

function ledger(diagnosis: Diagnosis): string {
  const language = diagnosis.question.language;
  const words = LABELS[language];
  const table = ledgerRows(diagnosis, language);
  if (!table) return '';
  const compared = table.total.deltaMs !== null;
  const rows = [...table.rows, table.total].map((row) => {
    const cells = compared
      ? `<td>${formatClock(row.ms)}</td><td>${formatClock(row.baselineMs ?? 0)}</td><td>${formatClock(row.deltaMs ?? 0)}</td>`
      : `<td>${formatClock(row.ms)}</td>`;
    return `<tr><th>${html(row.name)}</th>${cells}<td class="bar"><i style="width:${Math.round(row.bar * 100)}%"></i></td></tr>`;
  });
  const head = compared
    ? `<th>${words.thisRun}</th><th>${words.usual}</th><th>${words.more}</th>`
    : `<th>${words.thisRun}</th>`;
  return `<section><h3>${words.whereTimeWent}</h3><table><tr><th></th>${head}<th></th></tr>${rows.join('\n')}</table></section>`;
}

function needed(diagnosis: Diagnosis): string {
  if (diagnosis.needed.length === 0) return '';
  const items = diagnosis.needed.map((need) => `<li>${html(need.what)}: ${html(need.how)}</li>`);
  return `<section><h3>${LABELS[diagnosis.question.language].decide}</h3><ol>${items.join('\n')}</ol></section>`;
}

function evidence(diagnosis: Diagnosis): string {
  if (diagnosis.evidence.length === 0) return '';
  const items = diagnosis.evidence.map(
    (piece) =>
      `<details id="${piece.id}"><summary><b>${piece.id}</b> ${html(piece.source)}, ${piece.locator} · ${piece.provenance}</summary><pre>${piece.excerpt.split('\n').map(html).join('\n')}</pre></details>`,
  );
  return `<section><h3>${LABELS[diagnosis.question.language].evidence}</h3>${items.join('\n')}</section>`;
}

function footer(diagnosis: Diagnosis): string {
  const language = diagnosis.question.language;
  const words = LABELS[language];
  const lines = [
    ...(diagnosis.skipped ?? []).map((text) => `${words.skipped}: ${text}`),
    ...diagnosis.notChecked.map((entry) => `${words.notChecked}: ${entry.area} (${entry.why})`),
    `${formatDuration(diagnosis.costs.durationMs, language)}, ${diagnosis.costs.toolCalls} ${words.reads} · ${diagnosis.id}`,
  ];
  return `<footer>${lines.map(html).join('<br>')}</footer>`;
}

function html(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return visibleText(text).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1c1f23;--soft:#5b6470;--paper:#fff;--line:#d8dde3;--bar:#2f6fb2;--ok:#1b7f4d;--mid:#9a5b00}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#a3acb8;--paper:#16191d;--line:#353b43;--bar:#6ca8e6;--ok:#5fd39a;--mid:#f0b35a}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:52rem;margin:0 auto;padding:1rem}
h1{font-size:1.25rem;line-height:1.4}h2{font-size:1.05rem;margin:1.5rem 0 .25rem}h3{font-size:1rem;margin:1rem 0 .25rem}
.question,footer{color:var(--soft)}code,pre,time{font-family:ui-monospace,Menlo,monospace;font-size:.85em}
code,a,summary,li{overflow-wrap:anywhere}a{color:var(--soft)}
.tag{border:1px solid currentColor;border-radius:.3rem;padding:0 .35rem}.confirmed{color:var(--ok)}.likely,.inconclusive{color:var(--mid)}
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:normal}td{text-align:right;white-space:nowrap;padding:.1rem .4rem}
tr{border-bottom:1px solid var(--line)}.bar{width:35%;text-align:left}.bar i{display:block;height:.7rem;background:var(--bar)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid var(--line);padding-left:.6rem}details{margin:.3rem 0}
`;
