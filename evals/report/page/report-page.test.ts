import { fromHtml } from 'hast-util-from-html';
import { describe, expect, it } from 'vitest';
import { contrast } from '../../../bot/render/charts/contrast.ts';
import { PALETTES } from '../../../bot/render/charts/palette.ts';
import { HOSTILE, hostileDiagnosis } from '../../../bot/render/hostile-diagnosis-fixture.ts';
import { baselineOf } from '../../baseline/baseline-of.ts';
import { makeReport } from '../make-report.ts';
import type { SuiteResult } from '../suite-result.ts';
import { type MadeUpTrial, madeUpResult } from '../suite-result-fixture.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE, RAISED } from './page-style.ts';
import { reportPage } from './report-page.ts';

interface Node {
  type: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
  value?: string;
}
const nodes = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(nodes)];
const parsed = (page: string) => nodes(fromHtml(page) as Node);
const words = (all: readonly Node[]) =>
  all.flatMap(({ type, value }) => (type === 'text' ? [value ?? ''] : [])).join(' ');

const WRONG = { given: 'kernel.global_oom', standing: 'likely' } as const;
const TRIALS: readonly MadeUpTrial[] = [
  {},
  { askId: 'b-2-x/asked-1', ...WRONG, broken: ['evidence-validity'] },
  { askId: 'c-3-x/asked-1', status: 'crashed' },
  { askId: 'c-3-x/asked-1', variant: 'scripted' },
  { askId: 'd-4-x/asked-1', variant: 'live' },
  { askId: 'd-4-x/asked-1', variant: 'live', attempt: 2, ...WRONG },
  { askId: 'e-5-x/asked-1', variant: 'live', status: 'not_run' },
];
const BASELINE = baselineOf(madeUpResult([{ ...WRONG }, { askId: 'b-2-x/asked-1' }]), null);
const PAGE = reportPage(makeReport(madeUpResult(TRIALS), { baseline: BASELINE, earlier: madeUpResult(TRIALS) }));

/** A result in which every text that was read or asked is hostile. */
function hostileResult(): SuiteResult {
  const result = madeUpResult(TRIALS, { filter: HOSTILE });
  return {
    ...result,
    product: { ...result.product, commit: HOSTILE, model: HOSTILE },
    scorers: result.scorers.map((scorer) => ({ ...scorer, measures: HOSTILE })),
    scored: result.scored.map((scored) => ({
      ...scored,
      title: HOSTILE,
      gateBecause: HOSTILE,
      scores: scored.scores.map((score) => ({ ...score, detail: HOSTILE })),
      expected: {
        ...scored.expected,
        components: [{ kind: 'host', id: HOSTILE }],
        evidence: [{ link: HOSTILE, places: [{ source: HOSTILE, lines: [1, 2] }] }],
      },
      trial: {
        ...scored.trial,
        question: HOSTILE,
        why: scored.trial.why === null ? null : HOSTILE,
        diagnosis: scored.trial.diagnosis === null ? null : hostileDiagnosis('en'),
      },
    })),
  };
}

describe('the page of a report', () => {
  it('needs nothing beside itself', () => {
    const all = parsed(PAGE);
    const addresses = all.flatMap(({ properties = {} }) =>
      [properties.href, properties.src].filter((one) => one !== undefined),
    );
    expect(addresses.filter((address) => !/^(?:#|data:,$)/.test(String(address)))).toEqual([]);
    expect(`${PAGE_STYLE}${PAGE_SCRIPT}`).not.toMatch(/url\(|@import|https?:|fetch|XMLHttp|innerHTML/);
    expect(all.filter(({ tagName }) => tagName === 'script')).toHaveLength(1);
  });

  it('links to parts that are there, each id once', () => {
    const all = parsed(PAGE);
    const ids = all.flatMap(({ properties }) => (properties?.id === undefined ? [] : [String(properties.id)]));
    const links = all.flatMap(({ tagName, properties }) =>
      tagName === 'a' ? [String(properties?.href).slice(1)] : [],
    );
    expect(ids).toEqual([...new Set(ids)]);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
    expect(links.length).toBeGreaterThan(8);
  });

  it('lets no text of logs, questions and names become a part of it', () => {
    const kinds = (page: string) => parsed(page).flatMap(({ tagName }) => tagName ?? []);
    const page = reportPage(makeReport(hostileResult(), { baseline: null }));
    expect(
      kinds(page)
        .filter((name) => ['script', 'img', 'iframe', 'object', 'base', 'form'].includes(name))
        .sort(),
    ).toEqual(['form', 'script']);
    const all = parsed(page);
    const acting = all.flatMap(({ properties = {} }) => Object.keys(properties).filter((name) => /^on/i.test(name)));
    expect(acting).toEqual([]);
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2060\ufeff]/);
    expect(words(all)).toContain('<script>alert(1)</script>');
  });

  it('shows what was not run with why, scripted apart, and every trial once', () => {
    const text = words(parsed(PAGE));
    expect(text).toContain('the server is down');
    expect(text).toContain('Loop and gate: scripted');
    expect(text).not.toContain('Where it is right: scripted');
    expect(PAGE.match(/<details class="trial"/g)).toHaveLength(TRIALS.length);
  });

  it('names what blocks and what changed, each with a sign beside its colour', () => {
    const text = words(parsed(PAGE));
    for (const said of [
      '✗ Blocked by',
      '▼ worse',
      '▲ better',
      '✗ hard gate',
      '✗ crashed',
      'live against an earlier run',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('gives every drawing words', () => {
    const drawings = parsed(PAGE).filter(({ tagName }) => tagName === 'svg');
    expect(drawings.length).toBeGreaterThan(5);
    expect(drawings.filter(({ properties }) => !properties?.ariaLabel)).toEqual([]);
  });

  it('of nothing is still a page', () => {
    const page = reportPage(makeReport(madeUpResult([], { variants: ['rules'] }), { baseline: null }));
    expect(words(parsed(page))).toContain('Nothing was made');
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
    expect(PAGE).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('is below 3 MB for 600 trials of hostile length', () => {
    const [, wrong] = hostileResult().scored;
    if (wrong === undefined) throw new Error('no trial');
    const scored = Array.from({ length: 600 }, (_, at) => ({
      ...wrong,
      trial: { ...wrong.trial, id: `s-${at}-x/asked-1 rules #1`, askId: `s-${at}-x/asked-1`, scenarioId: `s-${at}-x` },
    }));
    const page = reportPage(makeReport({ ...hostileResult(), scored }, { baseline: null }));
    expect(Buffer.byteLength(page)).toBeLessThan(3_000_000);
  });

  it.each(['light', 'dark'] as const)('keeps contrast on what it lays behind words, %s', (scheme) => {
    const palette = PALETTES[scheme];
    const mixed = (colour: string, share: number) => mix(colour, palette.paper, share);
    for (const name of ['ink', 'soft', 'alarm', 'ok', 'mid'] as const) {
      expect(contrast(palette[name], RAISED[scheme]), name).toBeGreaterThanOrEqual(4.5);
    }
    for (const colour of [palette.ok, palette.alarm]) {
      expect(contrast(palette.ink, mixed(colour, 0.36))).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(palette.bar, palette.paper)).toBeGreaterThanOrEqual(3);
  });
});

/** Two colours mixed as `color-mix(in srgb, …)` does. */
function mix(colour: string, paper: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [colour, paper].map((text) => Number.parseInt(text.slice(at, at + 2), 16));
    return Math.round((a ?? 0) * share + (b ?? 0) * (1 - share))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}
