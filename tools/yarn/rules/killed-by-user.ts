import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { applicationEnd } from '../application-end.ts';
import type { KillRequest, YarnApplication } from '../application-facts.ts';
import type { YarnFacts } from '../facts.ts';
import { applicationKeys, askedApplications, distinctEvidence, yarnFinding } from '../yarn-finding.ts';

/** `ClientRMService` 2.8 and later: `Application A was killed by user U at H with diagnostic message: …`; before: `Application killed by user.` */
const KILLED_BY = /was killed by user ([^\s,;]{1,100}?)(?: at (\S{1,100}))?(?=[\s.]|$)/;
const KILLED_BY_SOMEBODY = /Application killed by user/;
/** `RMAppLifetimeMonitor`: nobody asked, the application's own lifetime ran out. */
const LIFETIME =
  /(?:exceeded|is over) (?:its )?(?:the )?(?:maximum |set )?lifetime|lifetime (?:period )?(?:has )?expired|exceeded its lifetime/i;

/** Applications that were ended on somebody's request, as the ResourceManager recorded it. A request after the end did nothing. */
export const killedByUserRule: Rule<YarnFacts> = {
  id: 'yarn/killed-by-user',
  area: 'yarn',
  codes: ['scheduling.killed_by_user', 'config.resource_setting'],
  apply: (facts) => askedApplications(facts).flatMap((application) => judge(application, facts) ?? []),
};

function judge(application: YarnApplication, facts: YarnFacts): Finding | null {
  if (applicationEnd(application, facts).kind !== 'killed') return null;
  if (LIFETIME.test(application.diagnostics)) return lifetime(application);
  const request = requestBeforeEnd(application);
  const said = KILLED_BY.exec(application.diagnostics);
  const by = request?.by || said?.[1] || '';
  const known = by !== '' || KILLED_BY_SOMEBODY.test(application.diagnostics);
  return yarnFinding({
    rule: killedByUserRule.id,
    symptom: 'application_failed',
    code: 'scheduling.killed_by_user',
    kind: known ? 'observed' : 'inferred',
    weight: known ? 1 : 0.4,
    keys: applicationKeys(application),
    at: request?.at ?? application.finishedAt,
    evidence: distinctEvidence([
      application.evidence.state,
      application.evidence.diagnostics,
      request?.evidence ?? null,
    ]),
    values: { ...(by ? { killedBy: by } : {}), ...(request?.through ? { through: request.through } : {}) },
    statement: statementOf(application, by, request, known),
    ...(said ? { completeStatement: 'application_killed_by_user' } : {}),
  });
}

function requestBeforeEnd(application: YarnApplication): KillRequest | undefined {
  return application.kills.find(
    (kill) => kill.at === null || application.finishedAt === null || kill.at <= application.finishedAt,
  );
}

function statementOf(
  application: YarnApplication,
  by: string,
  request: KillRequest | undefined,
  known: boolean,
): Bilingual {
  const from = request?.from ? { en: ` from ${request.from}`, zh: `（来自 ${request.from}）` } : { en: '', zh: '' };
  const own =
    by !== '' && by === application.user ? { en: ', its own user', zh: '（即提交者本人）' } : { en: '', zh: '' };
  if (by !== '') {
    return {
      en: `User ${by}${own.en} asked the ResourceManager${from.en} to kill the application`,
      zh: `用户 ${by}${own.zh} 向 ResourceManager 请求终止该应用${from.zh}`,
    };
  }
  return known
    ? { en: 'The application was killed on a user’s request', zh: '应用按用户请求被终止' }
    : { en: 'The application was killed; the record does not say by whom', zh: '应用被终止，记录没有说明由谁发起' };
}

function lifetime(application: YarnApplication): Finding {
  return yarnFinding({
    rule: killedByUserRule.id,
    symptom: 'application_failed',
    code: 'config.resource_setting',
    keys: applicationKeys(application),
    at: application.finishedAt,
    evidence: distinctEvidence([application.evidence.state, application.evidence.diagnostics]),
    statement: {
      en: 'The ResourceManager killed the application because its lifetime had run out',
      zh: '应用超过了设定的生存时间，被 ResourceManager 终止',
    },
  });
}
