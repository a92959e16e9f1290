import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { OomKill } from '../../host/kernel-facts.ts';
import { scopeOf } from '../kill-scope.ts';
import { killsOf } from '../kills.ts';
import { kernelEvidence, killKeys, processWords } from '../memory-finding.ts';
import { type Candidate, type VictimChoice, victimChoice } from '../victim-choice.ts';

/**
 * The choice of the victim was disturbed by an adjustment that cannot have been meant so: a process that held little died
 * for its high score while a much larger one stayed, or the largest holder is exempt and others die for it.
 */
export const oomScoreAdj: Rule<HostMemoryFacts> = {
  id: 'memory/oom-score-adj',
  area: 'memory',
  codes: ['kernel.oom_score_adj'],
  apply(facts) {
    return killsOf(facts).flatMap((kill): Finding[] => {
      const choice = victimChoice(kill, facts);
      if (!choice || choice.tiers.length < 2 || choice.byKubernetes) return [];
      const spared = sparedHolder(choice);
      return spared ? [toFinding(facts, kill, choice, spared)] : [];
    });
  },
};

/** The larger process that stayed because of the scores. */
function sparedHolder(choice: VictimChoice): Candidate | null {
  if (choice.protectedHolder && choice.protectedHolder.adj < choice.victim.adj) return choice.protectedHolder;
  const [largest] = choice.others;
  const disturbed = choice.smallVictim && choice.byMemoryAlone.pid !== choice.victim.pid;
  return largest && disturbed && largest.adj < choice.victim.adj ? largest : null;
}

function toFinding(facts: HostMemoryFacts, kill: OomKill, choice: VictimChoice, spared: Candidate): Finding {
  const { victim } = choice;
  const [own, other] = [bytes(victim.bytes), bytes(spared.bytes)];
  const statement: Bilingual = {
    en: `${processWords(victim)} died with ${own} (oom_score_adj ${victim.adj}) while ${processWords(spared)} stayed with ${other} (oom_score_adj ${spared.adj}): the adjustments chose, not the memory held`,
    zh: `${processWords(victim)} 只占 ${own}（oom_score_adj ${victim.adj}）却被杀，而占用 ${other} 的 ${processWords(spared)}（oom_score_adj ${spared.adj}）被放过：决定的是调整值，不是占用`,
  };
  return {
    area: 'memory',
    rule: oomScoreAdj.id,
    kind: 'observed',
    code: 'kernel.oom_score_adj',
    statement,
    keys: killKeys(facts, kill, scopeOf(kill, facts).victimGroup),
    at: kill.at,
    evidence: kernelEvidence(facts, [kill.quotes.constraint, kill.quotes.killed, spared.quote, victim.quote], kill.at),
    count: 1,
    weight: 0.9,
    values: {
      pid: victim.pid,
      victimAdj: victim.adj,
      victimBytes: victim.bytes,
      sparedPid: spared.pid,
      sparedName: spared.comm,
      sparedAdj: spared.adj,
      sparedBytes: spared.bytes,
    },
  };
}
