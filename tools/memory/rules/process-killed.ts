import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import { scopeOf } from '../kill-scope.ts';
import { killsOf, residentBytes } from '../kills.ts';
import { kernelEvidence, killKeys, processWords } from '../memory-finding.ts';

/** The kernel's OOM killer ended a process: seen, whatever the reason. What sets a lost container's end apart from a crash. */
export const processKilled: Rule<HostMemoryFacts> = {
  id: 'memory/process-killed',
  area: 'memory',
  codes: [],
  apply(facts) {
    return killsOf(facts).map((kill): Finding => {
      const resident = residentBytes(kill);
      const held =
        resident === null
          ? { en: '', zh: '' }
          : { en: `, which held ${bytes(resident)}`, zh: `，它占用 ${bytes(resident)}` };
      const group = scopeOf(kill, facts).victimGroup;
      return {
        area: 'memory',
        rule: processKilled.id,
        kind: 'observed',
        code: null,
        symptom: 'process_killed',
        statement: {
          en: `The kernel's OOM killer ended ${processWords(kill)}${held.en}`,
          zh: `内核 OOM killer 杀死了 ${processWords(kill)}${held.zh}`,
        },
        keys: killKeys(facts, kill, group),
        at: kill.at,
        evidence: kernelEvidence(facts, [kill.quotes.killed ?? kill.quotes.constraint], kill.at),
        count: 1,
        weight: 1,
        values: { pid: kill.pid, comm: kill.comm, ...(resident === null ? {} : { victimBytes: resident }), signal: 9 },
      };
    });
  },
};
