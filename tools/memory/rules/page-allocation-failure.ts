import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { PageAllocationFailure } from '../../host/kernel-facts.ts';
import { isInWindow } from '../kills.ts';
import { kernelEvidence } from '../memory-finding.ts';

/**
 * A kernel allocation failed and nobody need have been killed. Requests that may not wait (drivers in interrupts) fail in
 * everyday life and have fall-backs: those only suggest.
 */
export const pageAllocationFailure: Rule<HostMemoryFacts> = {
  id: 'memory/page-allocation-failure',
  area: 'memory',
  codes: ['kernel.page_allocation_failure'],
  apply(facts) {
    return facts.kernelLogs
      .flatMap((log) => log.pageAllocationFailures)
      .filter((failure) => isInWindow(failure.at, facts))
      .map((failure) => toFinding(facts, failure));
  },
};

function toFinding(facts: HostMemoryFacts, failure: PageAllocationFailure): Finding {
  const atomic = mayNotWait(failure);
  const pages = 2 ** failure.order;
  const host = failure.host ?? facts.host;
  return {
    area: 'memory',
    rule: pageAllocationFailure.id,
    kind: atomic && failure.order === 0 ? 'inferred' : 'observed',
    code: 'kernel.page_allocation_failure',
    statement: {
      en: `The kernel could not allocate ${plural(pages, 'contiguous page')} for ${failure.comm} (order ${failure.order})${atomic ? ', a request that may not wait: seldom a job failure by itself' : ''}`,
      zh: `内核没能为 ${failure.comm} 分配 ${pages} 个连续页（order ${failure.order}）${atomic ? '，这是不能等待的请求，单独很少导致作业失败' : ''}`,
    },
    keys: host === null ? {} : { host },
    at: failure.at,
    evidence: kernelEvidence(facts, [failure.quote], failure.at),
    count: failure.count,
    weight: atomic ? 0.2 : 0.5,
    values: {
      comm: failure.comm,
      order: failure.order,
      pages,
      mode: failure.mode,
      flags: failure.flags,
      count: failure.count,
    },
  };
}

/** GFP_ATOMIC, GFP_NOWAIT: by flags where printed, else by the missing "direct reclaim" bits (0x10 before 4.4, 0x400 since). */
function mayNotWait(failure: PageAllocationFailure): boolean {
  if (failure.flags !== '') return /GFP_(?:ATOMIC|NOWAIT)/.test(failure.flags);
  const mask = Number.parseInt(failure.mode, 16);
  return (mask & 0x10) === 0 && (mask & 0x400) === 0;
}
