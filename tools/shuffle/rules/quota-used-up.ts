import type { Finding } from '../../evidence/finding.ts';
import { toldByRun } from '../in-scope.ts';
import { recordEvidence } from '../record-evidence.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';

/** A quota that is really used up: the master's answer carries the use and the quota. Without figures it may be no quota at all. */
export const quotaUsedUp: ShuffleRule = {
  id: 'shuffle/quota-used-up',
  area: 'shuffle',
  codes: ['shuffle.remote_service_quota'],
  apply({ facts, scope }: ShuffleCase): Finding[] {
    const refused = toldByRun(facts, scope, 'quota_refused');
    const first = refused.find(({ figures }) => figures !== null) ?? refused[0];
    if (!first || toldByRun(facts, scope, 'quota_unasked').length > 0) return [];
    const fell = toldByRun(facts, scope, 'fell_back').slice(0, 1);
    return [
      shuffleFinding({
        rule: 'shuffle/quota-used-up',
        code: 'shuffle.remote_service_quota',
        kind: first.figures === null ? 'inferred' : 'observed',
        statement:
          first.figures === null
            ? {
                en: "The master of the remote shuffle refused the run for the user's quota",
                zh: '远程 shuffle 的 master 以用户配额为由拒绝了该作业',
              }
            : {
                en: `The user's quota at the remote shuffle is used up: ${first.figures}`,
                zh: `该用户在远程 shuffle 的配额已用尽：${first.figures}`,
              },
        keys: keyOfRun(scope),
        at: first.at,
        evidence: [...fell, first].map(({ record }) => recordEvidence(record)),
        count: refused.length,
        values: first.figures === null ? {} : { figures: first.figures },
      }),
    ];
  },
};
