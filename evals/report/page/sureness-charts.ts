import { escapeHtml as html } from '../../../bot/render/escape-html.ts';
import { CONFIDENCE } from '../confidence-of.ts';
import { percent } from '../say-figures.ts';
import type { VariantSummary } from '../summary.ts';
import { chartFrame } from './chart-frame.ts';

/** The standing that says a confidence. */
export function standingOf(confidence: number): string {
  return Object.entries(CONFIDENCE).find(([, said]) => said === confidence)?.[0] ?? confidence.toFixed(2);
}

/** Heeding only the surest answers, then also less sure ones: how much is covered, and how much of that is wrong. Empty without answers. */
export function coverageRiskChart({ coverageRisk: points }: VariantSummary): string {
  if (points.length === 0) return '';
  const most = Math.max(0.2, ...points.map(({ risk }) => Math.ceil(risk * 10) / 10));
  const frame = chartFrame(1, most);
  const places = points.map(({ coverage, risk }) => `${frame.x(coverage)},${frame.y(risk)}`);
  const marks = points.map(({ confidence, coverage, risk }, at) => {
    const [x, y] = [frame.x(coverage), frame.y(risk)];
    const beside = coverage > 0.5 ? `x="${x - 8}" text-anchor="end"` : `x="${x + 8}"`;
    const name = `${at === 0 ? '' : '+ '}${standingOf(confidence)}`;
    return `<circle cx="${x}" cy="${y}" r="5" fill="var(--bar)"/><text ${beside} y="${y - 8}" fill="var(--ink)" class="halo">${html(name)}</text>`;
  });
  const says = points.map(
    ({ confidence, coverage, risk }) =>
      `down to ${standingOf(confidence)}: ${percent(coverage)} covered, ${percent(risk)} of them wrong`,
  );
  return frame.figure(
    {
      title: 'Coverage and risk',
      says: says.join('; '),
      note: 'Heeding only confirmed answers, then also less sure ones: more is answered, more of it is wrong.',
      x: 'questions answered',
      y: 'of these wrong',
    },
    `<polyline points="${places.join(' ')}" fill="none" stroke="var(--bar)" stroke-width="2"/>${marks.join('')}`,
  );
}

/** How often answers are right that say they are so sure, with intervals. Empty without answers. */
export function calibrationChart({ calibration }: VariantSummary): string {
  if (calibration.length === 0) return '';
  const frame = chartFrame(1, 1);
  const marks = calibration.map(({ confidence, right }) => {
    const [x, y] = [frame.x(confidence), frame.y(right.value)];
    const [low, high] = [frame.y(right.interval.low), frame.y(right.interval.high)];
    const name = `${standingOf(confidence)}, ${right.of}`;
    return `<line x1="${x}" x2="${x}" y1="${low}" y2="${high}" stroke="var(--usual)" stroke-width="5" stroke-linecap="round"/><circle cx="${x}" cy="${y}" r="5.5" fill="var(--bar)" stroke="var(--paper)" stroke-width="1.5"/><text x="${x - 10}" y="${y + 14}" text-anchor="end" fill="var(--ink)" class="halo">${html(name)}</text>`;
  });
  const says = calibration.map(
    ({ confidence, right }) =>
      `${standingOf(confidence)} is taken as ${percent(confidence)} and right in ${percent(right.value)} of ${right.of}`,
  );
  return frame.figure(
    {
      title: 'Calibration',
      says: says.join('; '),
      note: 'On the dashed line an answer is right as often as its word says; above it is too modest, below it boasts.',
      x: 'as sure as it says',
      y: 'right',
    },
    `<line x1="${frame.x(0)}" y1="${frame.y(0)}" x2="${frame.x(1)}" y2="${frame.y(1)}" stroke="var(--soft)" stroke-dasharray="4 4"/>${marks.join('')}`,
  );
}
