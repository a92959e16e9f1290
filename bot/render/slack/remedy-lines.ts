import { shorten } from '../../../tools/evidence/shorten.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { LABELS, RESPONSIBILITY_NAMES } from '../labels.ts';
import { passageOf } from '../passage-of.ts';
import { CARD_WORDS } from './card-words.ts';
import { bold, code, escaped, link, type Mrkdwn, mrkdwn, webAddress } from './mrkdwn.ts';

/** Remedies told on a card, and settings of each. */
const REMEDIES = 5;
const SETTINGS = 6;
const LONGEST = 420;

/**
 * What to do with the first cause, for whoever asks first, then for the platform; computed settings `from → to, because`.
 *
 * @param reader `support`: the one who asks is somebody else
 */
export function remedyLines(diagnosis: Diagnosis, reader: 'asker' | 'support' = 'asker'): Mrkdwn[] {
  const { language } = diagnosis.question;
  const words = LABELS[language];
  const [cause] = diagnosis.rootCauses;
  if (!cause || cause.remediations.length === 0) return [];
  const own = cause.remediations.filter(({ by }) => by !== 'platform');
  const all = [...own, ...cause.remediations.filter(({ by }) => by === 'platform')];
  const rows = all.slice(0, REMEDIES).flatMap(({ by, statement, settings, runbook }) => {
    const user = reader === 'asker' ? words.user : RESPONSIBILITY_NAMES[language].user;
    const who = by === 'platform' ? words.platform : user;
    return [
      mrkdwn`•  ${bold(who)}  ${shorten(statement, LONGEST)}${where(diagnosis, runbook)}`,
      ...settings.slice(0, SETTINGS).map(({ key, from, to, because }) => {
        const change = code(`${shorten(key, 160)}: ${shorten(from ?? '–', 120)} → ${shorten(to, 120)}`);
        return mrkdwn`       ${change}  ${shorten(because, LONGEST)}`;
      }),
    ];
  });
  const left = all.length - REMEDIES;
  return [bold(words.doIt), ...rows, ...(left > 0 ? [escaped(CARD_WORDS[language].moreRows(left))] : [])];
}

/** The section of a runbook: a link where it opens, else the id under which it stands below. */
function where(diagnosis: Diagnosis, runbook: string | null): Mrkdwn {
  const cited = passageOf(diagnosis, runbook);
  if (!cited) return mrkdwn``;
  return webAddress(cited.url) === null ? mrkdwn`  ${code(cited.id)}` : mrkdwn`  ${link(cited.url, `[${cited.id}]`)}`;
}
