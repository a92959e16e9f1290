import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { YarnContainerHistory } from '../container-history.ts';
import type { YarnFacts } from '../facts.ts';
import { YARN_THRESHOLDS } from '../thresholds.ts';
import {
  askedApplications,
  capital,
  containerKeys,
  containerName,
  containersOfApplication,
  distinctEvidence,
  yarnFinding,
} from '../yarn-finding.ts';

/** `FSDownload.verifyAndCopy` (2.x and 3.x): the file was replaced between submission and launch. */
const CHANGED = /Resource (\S{1,500}) (?:has )?changed on src file ?system/i;

/**
 * Containers that never started because their files could not be brought to the node. A file replaced after the submission is
 * named as the cause; other reasons are left to whoever reads the exception.
 */
export const localizationFailedRule: Rule<YarnFacts> = {
  id: 'yarn/localization-failed',
  area: 'yarn',
  codes: ['data.file_changed'],
  apply: (facts) =>
    askedApplications(facts).flatMap(({ id }) =>
      containersOfApplication(facts, id)
        .filter((container) => container.localizationFailure !== null)
        .slice(0, YARN_THRESHOLDS.maxFindings)
        .map(finding),
    ),
};

function finding(container: YarnContainerHistory): Finding {
  const output = container.localizationFailure?.output ?? '';
  const replaced = CHANGED.exec(output) ?? CHANGED.exec(container.diagnostics);
  const code: CauseCode | null = replaced ? 'data.file_changed' : null;
  return yarnFinding({
    rule: localizationFailedRule.id,
    code,
    symptom: container.isMaster ? 'attempt_failed' : 'container_exited',
    keys: { ...containerKeys(container), ...(replaced?.[1] ? { path: replaced[1] } : {}) },
    at: container.localizationFailure?.at ?? container.finishedAt,
    evidence: distinctEvidence([container.localizationFailure?.evidence ?? null]),
    statement: statementOf(container, replaced?.[1] ?? null),
  });
}

function statementOf(container: YarnContainerHistory, path: string | null): Bilingual {
  const name = containerName(container);
  return path
    ? {
        en: `${capital(name.en)} did not start: ${path} was replaced after the submission`,
        zh: `${name.zh}未能启动：${path} 在提交之后被替换`,
      }
    : {
        en: `${capital(name.en)} did not start: its files could not be brought to the node`,
        zh: `${name.zh}未能启动：所需文件无法下载到节点`,
      };
}
