import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { openCapture } from '../../../tools/platform/capture-platform.ts';
import { eventLogSource } from '../../../tools/spark/event-log-source.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import { SHARED } from '../../../tools/spark/fixtures/shared-data.ts';
import { bookTime } from '../ledger/book-time.ts';
import { whatIf } from '../what-if/what-if.ts';
import { chooseBaselines, isUsableBaseline } from './choose-baselines.ts';
import { comparedRuns, compareRuns } from './compare-runs.ts';
import { judgeComparison } from './rules/index.ts';
import type { RunComparison } from './run-comparison.ts';

/** Recorded pairs of a usual and a slow run of one job; their truth lies beside the capture and is read here only. */
const CAPTURES = join(SHARED, 'captures');
const incidents = existsSync(CAPTURES) ? readdirSync(CAPTURES).filter((name) => name.startsWith('slow-')) : [];

interface Truth {
  appId: string;
  baselineAppIds: string[];
  truth: { code: string; acceptable: string[]; ledgerAccounts?: string[] };
  mustNotCode: string[];
}

interface Judged {
  run: SparkRun;
  /** `null` for a run that has not ended: nothing to compare. */
  comparison: RunComparison;
  findings: Finding[];
  chosen: (string | null)[];
  truth: Truth;
}

async function judge(incident: string): Promise<Judged> {
  const truth = JSON.parse(readFileSync(join(CAPTURES, incident, 'incident.json'), 'utf8')) as Truth;
  const source = eventLogSource(await openCapture(join(CAPTURES, incident, 'capture')));
  const listed = await source.list();
  if (listed.outcome !== 'ok') throw new Error(`${incident}: no event logs`);
  const read = async (handle: string) => {
    const outcome = await source.read(handle);
    if (outcome.outcome !== 'ok') throw new Error(`${incident}: ${handle}`);
    return outcome.value;
  };
  const subject = listed.value.find(({ applicationId }) => applicationId === truth.appId);
  if (!subject) throw new Error(`${incident}: ${truth.appId} is not listed`);
  const run = await read(subject.handle);
  const chosen = chooseBaselines(listed.value, subject);
  const baselines = (await Promise.all(chosen.map(({ handle }) => read(handle))))
    .filter(isUsableBaseline)
    .map((base) => ({ run: base, ledger: bookTime(base) }));
  const ledger = bookTime(run);
  const comparison = compareRuns(run, ledger, baselines);
  const findings = judgeComparison(comparison, comparedRuns(run, ledger, baselines));
  return { run, comparison, findings, chosen: chosen.map(({ applicationId }) => applicationId), truth };
}

describe.skipIf(incidents.length === 0)(`recorded pairs in ${CAPTURES}`, () => {
  const table: string[] = [];
  afterAll(() => {
    if (process.env.WHEREFORE_TABLE) process.stdout.write(`${table.join('\n')}\n`);
  });

  it.each(incidents)('%s', async (incident) => {
    const { run, comparison, findings, chosen, truth } = await judge(incident);
    const { code, acceptable, ledgerAccounts } = truth.truth;
    const right = [code, ...acceptable];
    const top = comparison.accounts[0];
    table.push(
      [
        incident,
        ledgerAccounts?.join('/') ?? '-',
        `${top?.account} +${top?.deltaMs}`,
        code,
        findings[0]?.code ?? '-',
      ].join(' | '),
    );

    // the earlier runs of the job are found by its name, without being told
    expect(chosen.sort()).toEqual([...truth.baselineAppIds].sort());

    const sum = comparison.accounts.reduce((ms, { deltaMs }) => ms + deltaMs, 0) + comparison.unexplainedDeltaMs;
    expect(sum).toBe(comparison.deltaMs);
    for (const finding of findings) expect(truth.mustNotCode, finding.rule).not.toContain(finding.code);

    if (code === 'none.still_running') {
      expect(comparison.complete).toBe(false);
      expect(findings).toEqual([]);
      return;
    }
    expect(comparison.history.verdict).toBe(code === 'none.healthy' ? 'usual' : 'slow');
    expect(right).toContain(findings[0]?.code);
    expect(findings[0]?.kind).toBe('observed');
    expect(findings[0]?.evidence.length).toBeGreaterThan(0);

    for (const { modelErrorPct } of whatIf(run, bookTime(run))) expect(modelErrorPct).toBeLessThanOrEqual(10);
  });

  /**
   * The account that grew most. Left out: the run with adaptive execution off, whose recorder names the cost of 3,000 tiny
   * tasks (scheduling, serialisation, driver). By the ledger's definition most of what such a task costs lies in its reported
   * run time, so `compute` grew most there, the named ones next.
   */
  const grew = incidents.filter((incident) => !incident.startsWith('slow-017'));
  it.each(grew)('%s: the account that grew most is a true one', async (incident) => {
    const { comparison, truth } = await judge(incident);
    const { ledgerAccounts } = truth.truth;
    if (ledgerAccounts) expect(ledgerAccounts).toContain(comparison.accounts[0]?.account);
  });

  it.skipIf(!incidents.some((incident) => incident.startsWith('slow-017')))(
    'adaptive execution off: the accounts of tiny tasks all grew',
    async () => {
      const incident = incidents.find((name) => name.startsWith('slow-017')) ?? '';
      const { comparison } = await judge(incident);
      const named = comparison.accounts.filter(
        ({ account }) => account === 'scheduling' || account === 'serialisation',
      );
      for (const { deltaMs } of named) expect(deltaMs).toBeGreaterThan(15_000);
    },
  );
});
