import type { LabIncident, LinkPlan, Step } from '../lab-incident.ts';
import { EVENT_LOG } from './places.ts';

/** A job from its submission to its end. */
export function wholeRun(job: string): Step[] {
  return [
    { do: 'submit', job },
    { do: 'await', job, state: 'ended', seconds: 400 },
  ];
}

/** What every slow pair has in common: the usual run, what is done in `between`, the slow one with a sample in its middle. */
export function pairSteps(
  usual: string,
  slow: string,
  { before = [], between = [] }: { before?: readonly Step[]; between?: readonly Step[] } = {},
): LabIncident['steps'] {
  return [
    ...before,
    ...wholeRun(usual),
    ...between,
    { do: 'submit', job: slow },
    { do: 'await', job: slow, state: 'tasks', seconds: 120 },
    { do: 'mark', fault: 'begins' },
    { do: 'ask', when: 'during' },
    { do: 'await', job: slow, state: 'ended', seconds: 400 },
    { do: 'mark', fault: 'ends' },
  ];
}

/** What tasks did, as the event log says: lines with a figure that only the slow run has. */
export function tasksDid(link: string, metric: RegExp): LinkPlan {
  return {
    link,
    places: [{ source: EVENT_LOG, line: new RegExp(`"Event":"SparkListenerTaskEnd".*${metric.source}`) }],
  };
}

/** A ratio as people say it. */
export function rounded(ratio: number): number {
  return Math.round(ratio * 10) / 10;
}
