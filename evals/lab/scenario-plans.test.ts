import { describe, expect, it } from 'vitest';
import { CAUSE_CODES } from '../../knowledge/causes/cause-codes.ts';
import { HOSTS } from './hosts.ts';
import { LAB_INCIDENTS } from './incidents/index.ts';
import { JOBS } from './jobs.ts';
import type { LabIncident, ScenarioPlan } from './lab-incident.ts';
import { subjectOf } from './run-incident.ts';

const PLANS = LAB_INCIDENTS.flatMap((incident) =>
  incident.scenario ? [[incident.name, incident, incident.scenario] as [string, LabIncident, ScenarioPlan]] : [],
);
const IDS = PLANS.map(([, , { id }]) => id);

/** The day that a job's name ends with. */
const DAY = /_\d{8}$/;

/** Words of causes that no name within a capture may hold. */
const TELLING = /oom|kill|fail|full|slow|hung|lost|quota|corrupt|damag|broken|cold|dead|stop|starv|missing|denied/i;

describe('what the lab records for the benchmark', () => {
  it('is at least fifteen incidents of four engines, each under an id of its own', () => {
    expect(new Set(IDS).size).toBe(IDS.length);
    expect(IDS.length).toBeGreaterThanOrEqual(15);
    const tags = new Set(PLANS.flatMap(([, , plan]) => plan.tags));
    expect(['spark', 'yarn', 'hdfs', 'alluxio'].filter((tag) => !tags.has(tag as never))).toEqual([]);
  });

  it('runs jobs whose names say nothing of what happens to them', () => {
    expect(JOBS.map(({ name }) => name).filter((name) => TELLING.test(name))).toEqual([]);
    expect(HOSTS.map(({ name }) => name).filter((name) => TELLING.test(name))).toEqual([]);
  });
});

describe.each(PLANS)('%s', (_name, incident, plan) => {
  it('has an id that says its job and nothing else', () => {
    const job = subjectOf(incident).replace(DAY, '').replaceAll('_', '-');
    expect(plan.id).toMatch(new RegExp(`^lab-[34]\\d\\d-${job}$`));
    expect(plan.id).not.toMatch(TELLING);
  });

  it('asks as tired people do, about the job, and does not say the answer', () => {
    const job = subjectOf(incident);
    const texts = plan.questions.map(({ text }) => text);
    expect(texts.length).toBeGreaterThanOrEqual(2);
    expect(new Set(texts).size).toBe(texts.length);
    // Some say the job's name as one says it to a colleague, with its words.
    const words = job.replace(DAY, '').split('_').slice(1);
    expect(texts.filter((text) => !text.includes(job) && !words.every((word) => text.includes(word)))).toEqual([]);
    expect(texts.filter((text) => text.includes(job)).length).toBeGreaterThanOrEqual(2);
    expect(texts.filter((text) => CAUSE_CODES.some((code) => text.includes(code)))).toEqual([]);
    expect(plan.questions.some(({ language }) => language === 'zh')).toBe(plan.tags.includes('chinese'));
  });

  it('is a twin exactly when it names the other, which there is', () => {
    expect(plan.tags.includes('twin')).toBe(plan.twinOf !== undefined);
    if (plan.twinOf !== undefined) expect(IDS.filter((id) => id !== plan.id)).toContain(plan.twinOf);
  });

  it('shows its chain where there is one, and scores nothing where nothing is wrong', () => {
    const fine = incident.truth.code.startsWith('none.');
    expect(plan.links.length > 0).toBe(!fine);
    expect(plan.behaviour).toBe(
      {
        'none.healthy': 'healthy',
        'none.still_running': 'still_running',
        'unknown.insufficient_evidence': 'needs_more',
      }[incident.truth.code] ?? 'answer',
    );
    if (plan.behaviour === 'needs_more') expect(plan.responsibility).toEqual([]);
    else if (!fine) expect(plan.responsibility.length).toBeGreaterThan(0);
    else expect([plan.responsibility, plan.components, plan.window]).toEqual([[], [], false]);
  });
});
