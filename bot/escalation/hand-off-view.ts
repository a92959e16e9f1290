import type { Language } from '../../knowledge/bilingual.ts';
import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';
import { shorten } from '../../tools/evidence/shorten.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { isoTime } from '../investigation/iso-time.ts';
import type { HandoffOther, HandoffState, HandoffView } from '../render/slack/handoff-view.ts';
import { visibleText } from '../render/visible-text.ts';
import type { EscalationParts } from './escalation-parts.ts';
import type { Incident, Member, WholeIncident } from './hand-offs.ts';
import type { IncidentKey } from './incident.ts';

/** The card counts those it is given and lists a few of them. */
const MAX_OTHERS = 2_000;

const WITHHELD: Readonly<Record<Language, string>> = {
  en: '(not shown here: not everybody in this channel may see this run; ask in its thread)',
  zh: '（此处不显示：该频道并非所有人都有权查看此运行，请到原帖中询问）',
};

/** What stands on the card of the support channel. `shown`: of the first case, what the channel may see; null: nothing. */
export function supportView(
  { incident, members }: WholeIncident,
  first: Member,
  shown: Diagnosis | null,
  parts: Pick<EscalationParts, 'linkTo' | 'pageUrl' | 'settings'>,
): HandoffView {
  const { language } = parts.settings;
  const rest = members.filter(({ caseId }) => caseId !== first.caseId);
  const people = new Map<string, Member>();
  for (const member of rest)
    if (member.asker !== first.asker && !people.has(member.asker)) people.set(member.asker, member);
  const others = [...people.values()].slice(0, MAX_OTHERS);
  return {
    ...viewOf(incident, first, language, parts),
    diagnosis: shown,
    question: shown ? first.question : WITHHELD[language],
    note: shown ? (first.escalated?.said ?? null) : null,
    pageUrl: shown ? (parts.pageUrl?.(first.caseId) ?? null) : null,
    others: others.map((member) => otherOf(member, parts)),
    shared: people.size > 0 ? sharedName(incident.key, language, shown ? first.subject : WITHHELD[language]) : null,
    since: people.size > 0 ? isoTime(Math.min(...members.map(({ askedAtMs }) => askedAtMs))) : null,
    charts: shown ? (incident.charts ?? []) : [],
  };
}

/** What stands in the thread of one asker: only the state, nothing of other people's cases. */
export function askerView(
  incident: Incident,
  member: Member,
  parts: Pick<EscalationParts, 'linkTo' | 'pageUrl' | 'settings'>,
): HandoffView {
  return {
    ...viewOf(incident, member, member.language, parts),
    diagnosis: null,
    question: member.question,
    note: null,
    pageUrl: null,
    others: [],
    shared: null,
    since: null,
    charts: [],
  };
}

function viewOf(incident: Incident, member: Member, language: Language, { linkTo }: Pick<EscalationParts, 'linkTo'>) {
  return {
    caseId: member.caseId,
    language,
    askedBy: member.asker,
    askedAt: isoTime(member.askedAtMs),
    reason: member.escalated?.way ?? 'asked',
    state: stateOf(incident),
    threadUrl: threadUrl(member, linkTo),
    supportUrl: incident.support && linkTo(incident.support),
  };
}

/** Who asked in private and did not come to the support team is counted, not named. */
function otherOf(member: Member, { linkTo, settings }: Pick<EscalationParts, 'linkTo' | 'settings'>): HandoffOther {
  const { language } = settings;
  if (member.escalated === null && !member.place.channel.startsWith('C')) {
    const [subject, user] = language === 'zh' ? ['私下提问', '某人'] : ['asked in private', 'somebody'];
    return { user, subject, threadUrl: null };
  }
  const subject = member.shown ? member.subject : WITHHELD[language];
  return { user: member.asker, subject, threadUrl: threadUrl(member, linkTo) };
}

/** A direct conversation opens for nobody else. */
export function threadUrl({ place }: Member, linkTo: EscalationParts['linkTo']): string | null {
  return place.channel.startsWith('D') || place.threadTs === null ? null : linkTo(place);
}

function stateOf({ state, assignee, changedBy, changedAtMs, resolution }: Incident): HandoffState {
  const at = isoTime(changedAtMs);
  if (state === 'resolved' && resolution) {
    const { by, atMs, fixedBy, code, note } = resolution;
    return { kind: 'resolved', by, at: isoTime(atMs), fixedBy, code, note };
  }
  if (state === 'taken' && assignee !== null) return { kind: 'taken', by: assignee, at };
  if (state === 'with_bot' && changedBy !== null) return { kind: 'back_to_bot', by: changedBy, at };
  return { kind: 'open' };
}

const SERVICE_NAMES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  remote_shuffle: { en: 'the remote shuffle service', zh: '远程 shuffle 服务' },
  object_store: { en: 'the object store', zh: '对象存储' },
  hdfs: { en: 'HDFS', zh: 'HDFS' },
  metastore: { en: 'the metastore', zh: '元数据服务' },
  cache: { en: 'the cache', zh: '缓存' },
  workflow: { en: 'the workflow service', zh: '工作流服务' },
};

/** A name is told on one line; a path of a warehouse may be longer than that. */
const MAX_NAME = 120;

/**
 * What the cases of an incident have in common, as people name it: data that was read, for whoever shows it to escape.
 *
 * @param run what the run is called, where all ask about one
 */
export function sharedName({ kind, id }: IncidentKey, language: Language, run = ''): string {
  if (kind === 'run' && run !== '') return run;
  if (kind === 'service') return SERVICE_NAMES[id]?.[language] ?? id;
  return shorten(visibleText(maskSecrets(id.slice(0, 2 * MAX_NAME))), MAX_NAME);
}
