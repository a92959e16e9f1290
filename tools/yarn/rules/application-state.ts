import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { shorten } from '../../evidence/shorten.ts';
import { duration, plural } from '../../evidence/spoken-figures.ts';
import { applicationEnd } from '../application-end.ts';
import type { YarnApplication } from '../application-facts.ts';
import type { YarnFacts } from '../facts.ts';
import { applicationKeys, askedApplications, distinctEvidence, yarnFinding } from '../yarn-finding.ts';

/** What the ResourceManager says of each application asked about: failed, killed, waiting, running, succeeded. */
export const applicationStateRule: Rule<YarnFacts> = {
  id: 'yarn/application-state',
  area: 'yarn',
  codes: ['none.still_running', 'none.healthy'],
  apply: (facts) => askedApplications(facts).map((application) => judge(application, facts)),
};

function judge(application: YarnApplication, facts: YarnFacts): Finding {
  const end = applicationEnd(application, facts);
  const base = {
    rule: applicationStateRule.id,
    keys: applicationKeys(application),
    at: application.finishedAt ?? application.sampledAt,
    evidence: distinctEvidence([application.evidence.state, application.evidence.diagnostics]),
    values: valuesOf(application),
  };
  switch (end.kind) {
    case 'running':
      return yarnFinding({ ...base, code: 'none.still_running', statement: running(application) });
    case 'waiting':
      return yarnFinding({ ...base, symptom: 'waiting', statement: waiting(application) });
    case 'succeeded':
      // In client mode the driver is no process of YARN's: its failure leaves SUCCEEDED (reference real-servers.md).
      return yarnFinding({
        ...base,
        code: 'none.healthy',
        weight: 0.5,
        statement: {
          en: `The ResourceManager says SUCCEEDED; for a driver in client mode it says so even when the driver failed`,
          zh: `ResourceManager 记录为 SUCCEEDED；若为 client 模式，即使 Driver 失败也会这样记录`,
        },
      });
    case 'killed':
      return yarnFinding({ ...base, symptom: 'application_failed', statement: killed(application) });
    default:
      return yarnFinding({ ...base, symptom: 'application_failed', statement: failed(application) });
  }
}

function valuesOf(application: YarnApplication): Record<string, number | string> {
  const { startedAt, launchedAt, finishedAt, sampledAt } = application;
  return {
    state: application.state,
    finalStatus: application.finalStatus,
    ...(startedAt === null ? {} : { elapsedMs: (finishedAt ?? sampledAt) - startedAt }),
    ...(startedAt === null || launchedAt === null ? {} : { waitedMs: Math.max(0, launchedAt - startedAt) }),
    ...(application.allocated ? { runningContainers: application.allocated.containers } : {}),
    ...(application.finalStatus === 'SUCCEEDED' ? { deployMode: 'unknown' } : {}),
  };
}

function running(application: YarnApplication): Bilingual {
  const since = application.startedAt === null ? null : duration(application.sampledAt - application.startedAt);
  const holds = application.allocated?.containers;
  return {
    en: `${title(application)} is still RUNNING${since ? `, ${since.en} after its submission` : ''}${holds ? `, with ${plural(holds, 'container')}` : ''}`,
    zh: `${title(application)} 仍在运行（RUNNING）${since ? `，提交后已过 ${since.zh}` : ''}${holds ? `，占用 ${holds} 个容器` : ''}`,
  };
}

function waiting(application: YarnApplication): Bilingual {
  const since = application.startedAt === null ? null : duration(application.sampledAt - application.startedAt);
  return {
    en: `${title(application)} ${since ? `has been ${application.state} for ${since.en}` : `is ${application.state}`} and does not run yet`,
    zh: `${title(application)} 处于 ${application.state}${since ? `，已等待 ${since.zh}` : ''}，尚未运行`,
  };
}

function killed(application: YarnApplication): Bilingual {
  return { en: `${title(application)} was killed`, zh: `${title(application)} 被终止（KILLED）` };
}

function failed(application: YarnApplication): Bilingual {
  const said = firstLine(application.diagnostics);
  return {
    en: `${title(application)} failed${said ? `: ${said}` : ''}`,
    zh: `${title(application)} 失败${said ? `：${said}` : ''}`,
  };
}

function title(application: YarnApplication): string {
  return application.name || application.id;
}

/** The first line of the diagnostics, short enough for a link of a chain. */
function firstLine(diagnostics: string): string {
  return shorten(diagnostics.split('\n')[0]?.trim() ?? '', 240);
}
