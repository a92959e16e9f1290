import { CAUSE_CODES } from '../../knowledge/causes/cause-codes.ts';
import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';
import { shorten } from '../../tools/evidence/shorten.ts';
import type { Action } from '../cases/inbox/incoming.ts';
import type { Place } from '../cases/place.ts';
import { scenarioCandidate } from '../cases/scenario-candidate.ts';
import { isoTime } from '../investigation/iso-time.ts';
import { visibleText } from '../render/visible-text.ts';
import type { Acted, Escalated, Escalation, NotedCase, WantedHelp } from './escalation.ts';
import type { EscalationParts } from './escalation-parts.ts';
import { sharedName } from './hand-off-view.ts';
import type { Change, Changed, Incident, NewMember } from './hand-offs.ts';
import { failureTimeMs, incidentKeyOf } from './incident.ts';
import { deletedCard } from './incident-cards.ts';
import { resolvedBy } from './keep-resolution.ts';
import { attempt, furtherKey, publishHandOff } from './publish-hand-off.ts';

/** Of a question as the store keeps it; the whole one stands in the kept case. */
const MAX_QUESTION = 1_000;
const MAX_SUBJECT = 120;
/** Of what people type into a form; Slack takes 3,000. */
const MAX_TYPED = 3_000;
const USER = /^[UW][A-Z0-9]{2,20}$/;

/** The support team's side of the bot over a store and the way out to Slack. */
export function openEscalation(parts: EscalationParts): Escalation {
  const { handOffs, settings, now } = parts;
  /** Failing to post loses nothing: what is stored is posted by `resume`. */
  const publish = async (id: string, signal: AbortSignal) => {
    try {
      await publishHandOff(parts, id, signal);
    } catch (error) {
      signal.throwIfAborted();
      parts.onTrouble(error, `the hand-off ${id}`);
    }
  };

  const escalate = async ({ caseId, by, way, said }: WantedHelp, signal: AbortSignal): Promise<Escalated> => {
    if (settings.support === null) return { kind: 'no_channel' };
    const escalated = { by: by !== null && USER.test(by) ? by : null, way, said: typedOrNull(said) };
    const entered = await handOffs.enter(caseId, escalated, now());
    if (!entered) return { kind: 'no_case' };
    const { kind, incident } = entered;
    await publish(incident.id, signal);
    if (kind === 'known') return { kind, incident: incident.id, state: incident.state };
    if (kind === 'resolved_since' && incident.resolution) {
      const { atMs, fixedBy } = incident.resolution;
      return { kind, incident: incident.id, resolvedAtMs: atMs, fixedBy };
    }
    const reached = (await handOffs.read(incident.id))?.incident.support != null;
    return { kind: 'handed_over', incident: incident.id, first: kind === 'first', reached };
  };

  /** The incident that an action is about: of its case, otherwise of the thread it stands in. */
  const incidentFor = async (caseId: string | null, place: Place): Promise<Incident | null> =>
    caseId === null ? handOffs.at(place) : ((await handOffs.incidentOf(caseId))?.incident ?? null);

  const act = async (action: Action, by: string, place: Place, signal: AbortSignal): Promise<Acted> => {
    if (action.name === 'support') {
      // Words in a thread ("escalate") name no case.
      const caseId = action.caseId ?? (await handOffs.caseAt(place));
      if (caseId === null)
        return { kind: 'escalated', escalated: { kind: settings.support ? 'no_case' : 'no_channel' } };
      const wanted = { caseId, by, way: 'asked', said: action.input.reason ?? null } as const;
      return { kind: 'escalated', escalated: await escalate(wanted, signal) };
    }
    if (action.name === 'not_helpful') return notHelpful(action, by, place, signal);
    if (!['take', 'reassign', 'resolve', 'back_to_bot'].includes(action.name)) return { kind: 'not_mine' };
    const incident = await incidentFor(action.caseId, place);
    if (!incident || incident.state === 'noted') return { kind: 'no_hand_off' };
    // Whoever is in the support channel is of the support team; a button pressed elsewhere was not put there by us.
    const channel = incident.support ?? settings.support;
    if (channel?.channel !== place.channel || channel.team !== place.team) return { kind: 'not_here' };
    const change = changeOf(action, by);
    if ('field' in change) return { kind: 'bad_input', field: change.field };
    const changed = await handOffs.change(incident.id, change, by, now());
    if (!changed) return { kind: 'no_hand_off' };
    await publish(incident.id, signal);
    return actedOf(changed);
  };

  const notHelpful = async (action: Action, by: string, place: Place, signal: AbortSignal): Promise<Acted> => {
    const caseId = action.caseId ?? (await handOffs.caseAt(place));
    const known = caseId === null ? null : await handOffs.incidentOf(caseId);
    const member = known?.members.find((one) => one.caseId === caseId);
    if (!member) return { kind: 'not_mine' };
    try {
      const diagnosis = await parts.diagnosisOf(member.caseId, action.diagnosis ?? member.diagnosis);
      const feedback = await parts.feedbackOf(member.caseId);
      const { resolution } = known?.incident ?? { resolution: null };
      const resolved = resolution && resolvedBy(resolution);
      if (diagnosis) await parts.lessons.candidate(scenarioCandidate(member.caseId, diagnosis, resolved, feedback));
    } catch (error) {
      parts.onTrouble(error, `the candidate of ${member.caseId}`);
    }
    if (settings.rules.notHelpful !== 'automatic') return { kind: 'not_mine' };
    const wanted = { caseId: member.caseId, by, way: 'not_helpful', said: action.input.reason ?? null } as const;
    return { kind: 'escalated', escalated: await escalate(wanted, signal) };
  };

  return {
    async noteCase(noted, signal) {
      const incident = await handOffs.note(memberOf(noted), now());
      if (incident.state !== 'noted') await publish(incident.id, signal);
    },
    escalate,
    act,
    async incidentOf(caseId) {
      const whole = await handOffs.incidentOf(caseId);
      const own = whole?.members.find((member) => member.caseId === caseId);
      if (!whole || !own) return null;
      const { incident, members } = whole;
      const askers = new Set(members.map(({ asker }) => asker));
      return {
        incident: incident.id,
        state: incident.state,
        others: askers.size - 1,
        sinceIso: isoTime(Math.min(...members.map(({ askedAtMs }) => askedAtMs))),
        what: sharedName(incident.key, own.language, own.subject),
        link: incident.support && parts.linkTo(incident.support),
      };
    },
    async resume(signal) {
      const waiting = await handOffs.unpublished(now());
      for (const id of waiting) await publish(id, signal);
      return waiting.length;
    },
    async forget(caseId, signal) {
      const whole = await handOffs.incidentOf(caseId);
      await handOffs.forget(caseId);
      await parts.lessons.forget(caseId);
      if (!whole) return;
      const told = whole.members.find((member) => member.caseId === caseId)?.toldSupport != null;
      const { id, support, firstCase } = whole.incident;
      if (told && support && firstCase !== caseId)
        await attempt(parts, `the deletion of ${caseId}`, signal, () =>
          parts.outlet.put(furtherKey(id, caseId), support, deletedCard(settings.language), signal),
        );
      await publish(id, signal);
    },
  };
}

function memberOf({ caseId, place, asker, diagnosis, cluster, askedAtMs }: NotedCase): NewMember {
  const { subject, question } = diagnosis;
  return {
    caseId,
    place,
    asker,
    question: shorten(maskSecrets(question.text.slice(0, MAX_QUESTION * 4)), MAX_QUESTION),
    subject: shorten(visibleText(maskSecrets(subject?.name ?? subject?.id ?? '')), MAX_SUBJECT),
    language: question.language,
    diagnosis: diagnosis.id,
    askedAtMs,
    failedAtMs: failureTimeMs(diagnosis) ?? askedAtMs,
    key: incidentKeyOf(diagnosis, caseId, cluster),
  };
}

/** What a button or a form asks for, or the field that is wrong. */
function changeOf({ name, input }: Action, by: string): Change | { field: 'assignee' | 'fixedBy' | 'code' } {
  if (name === 'take') return { to: 'taken', assignee: by, reassign: false };
  if (name === 'back_to_bot') return { to: 'with_bot' };
  if (name === 'reassign') {
    const assignee = input.assignee?.trim() ?? '';
    return USER.test(assignee) ? { to: 'taken', assignee, reassign: true } : { field: 'assignee' };
  }
  const fixedBy = typedOrNull(input.fixedBy);
  if (fixedBy === null) return { field: 'fixedBy' };
  const code = typedOrNull(input.code);
  if (code !== null && !CAUSE_CODES.some((known) => known === code)) return { field: 'code' };
  return { to: 'resolved', fixedBy, code, note: typedOrNull(input.note) };
}

function typedOrNull(typed: string | null | undefined): string | null {
  // Masked before it is cut: half a secret is not known as one.
  const text = maskSecrets((typed ?? '').slice(0, 2 * MAX_TYPED))
    .slice(0, MAX_TYPED)
    .trim();
  return text === '' ? null : text;
}

function actedOf({ kind, incident: { id, state, assignee } }: Changed): Acted {
  if (kind === 'closed') return { kind, incident: id };
  return kind === 'done' ? { kind, incident: id, state } : { kind, incident: id, state, assignee };
}
