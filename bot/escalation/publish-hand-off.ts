import { createHash, randomBytes } from 'node:crypto';
import type { Place } from '../cases/place.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { Card } from '../render/slack/card.ts';
import type { EscalationParts } from './escalation-parts.ts';
import { askerView, supportView, threadUrl } from './hand-off-view.ts';
import type { HungChart, Incident, Member, WholeIncident } from './hand-offs.ts';
import { deletedCard, earlierCard, furtherCaseCard, knownCard } from './incident-cards.ts';
import { draftFile, keepResolution } from './keep-resolution.ts';

/** Who publishes says so again every third of this; after a crash another may after it. */
const LEASE_MS = 60_000;

/**
 * Brings to Slack what the store holds of an incident, until nothing newer is there; one publisher at a time over all replicas, and whoever
 * finds another at it leaves it to that one. What stands in Slack already is not posted again: every message has its key.
 */
export async function publishHandOff(parts: EscalationParts, id: string, signal: AbortSignal): Promise<void> {
  const { handOffs, now, settings } = parts;
  // Nowhere to post to: it stays unpublished until a channel is set.
  if (settings.support === null && !(await handOffs.read(id))?.incident.support) return;
  const holder = randomBytes(8).toString('hex');
  let revision = await handOffs.hold(id, holder, now(), LEASE_MS);
  if (revision === null) return;
  const lost = new AbortController();
  const both = AbortSignal.any([signal, lost.signal]);
  const beat = setInterval(() => {
    handOffs.renew(id, holder, now(), LEASE_MS).then(
      (held) => held || lost.abort(new Error(`another publishes ${id}`)),
      () => undefined,
    );
  }, LEASE_MS / 3);
  try {
    while (revision !== null) {
      await publishOnce(parts, id, both);
      revision = await handOffs.published(id, holder, revision);
    }
  } catch (error) {
    await handOffs.letGo(id, holder);
    throw error;
  } finally {
    clearInterval(beat);
  }
}

async function publishOnce(parts: EscalationParts, id: string, signal: AbortSignal): Promise<void> {
  const whole = await parts.handOffs.read(id);
  const { support } = parts.settings;
  if (!whole || whole.incident.state === 'noted') return;
  const { team, channel: name } = whole.incident.support ?? support ?? { team: '', channel: '' };
  if (name === '') return;
  // Its own place is the channel: were its message deleted, it would be posted there again.
  const channel: Place = { team, channel: name, threadTs: null };
  const escalated = whole.members.filter((member) => member.escalated !== null);
  // Whoever asks for a person once more stays the first.
  const first = escalated.find(({ caseId }) => caseId === whole.incident.firstCase) ?? escalated[0];
  if (!first) {
    // Its case is deleted, or went on to a later incident; then what was told of it stays, and only its other askers hear more.
    if (whole.incident.firstCase !== null) return tellAskers(parts, whole, signal);
    await parts.outlet.put(supportKey(id), channel, deletedCard(parts.settings.language), signal);
    return;
  }
  const shown = await shownOf(parts, first, name);
  const noted = await noteShown(parts, whole, name);
  const card = (now: WholeIncident) => parts.cards.handOff(supportView(now, first, shown, parts));
  // The card first: people can take it while its charts are drawn.
  const place = await parts.outlet.put(supportKey(id), channel, card(noted), signal);
  if (!samePlace(place, whole.incident.support) || whole.incident.firstCase !== first.caseId)
    await parts.handOffs.noteCard(id, place, first.caseId);
  const incident: Incident = { ...noted.incident, support: place };
  await tellSupport(parts, { incident, members: noted.members }, first, signal);
  await tellAskers(parts, { incident, members: noted.members }, signal);
  if (shown && incident.charts === null) {
    const charts = await hangFiles(parts, incident, first, shown, signal);
    await parts.handOffs.noteCharts(id, charts);
    const hung = { incident: { ...incident, charts }, members: noted.members };
    if (charts.length > 0) await parts.outlet.put(supportKey(id), channel, card(hung), signal);
  }
  if (incident.resolution && !incident.lessonsKept) {
    // A folder that cannot be written keeps the incident unpublished: it is tried again.
    const draft = await keepResolution(parts, incident.resolution, first);
    if (draft && shown)
      await attempt(parts, 'the draft of a runbook', signal, () =>
        parts.outlet.attach(`handoff-draft/${id}`, place, draftFile(draft, parts.settings.language), signal),
      );
    await parts.handOffs.noteLessons(id);
  }
}

/** Key of the message of one more case in the support thread. */
export const furtherKey = (incident: string, caseId: string) => `handoff-case/${incident}/${caseId}`;
const supportKey = (id: string) => `handoff/${id}`;

/** What the support channel may see of a case; null: nothing, or the case is deleted. */
async function shownOf(
  parts: EscalationParts,
  { caseId, diagnosis }: Member,
  channel: string,
): Promise<Diagnosis | null> {
  const found = await parts.diagnosisOf(caseId, diagnosis);
  if (!found || !parts.redactFor) return found;
  return parts.redactFor(channel)(found, caseId);
}

/** Asks for each case once whether the channel may see what it is about. */
async function noteShown(parts: EscalationParts, whole: WholeIncident, channel: string): Promise<WholeIncident> {
  const members: Member[] = [];
  for (const member of whole.members) {
    if (member.shown !== null) {
      members.push(member);
      continue;
    }
    const shown = (await shownOf(parts, member, channel)) !== null;
    await parts.handOffs.noteShown(member.caseId, shown);
    members.push({ ...member, shown });
  }
  return { incident: whole.incident, members };
}

async function tellSupport(
  parts: EscalationParts,
  { incident, members }: WholeIncident,
  first: Member,
  signal: AbortSignal,
): Promise<void> {
  const { handOffs, settings, linkTo, outlet } = parts;
  const { support } = incident;
  if (!support) return;
  if (incident.earlier !== null && first.toldSupport === null) {
    const earlier = await handOffs.read(incident.earlier);
    if (earlier?.incident.resolution) {
      const url = earlier.incident.support && linkTo(earlier.incident.support);
      const card = earlierCard(earlier.incident, url, settings.language);
      await attempt(parts, 'the earlier incident', signal, () =>
        outlet.put(`handoff-earlier/${incident.id}`, support, card, signal),
      );
    }
    await handOffs.noteTold(first.caseId, 'support', 'card');
  }
  for (const member of members) {
    if (member.escalated === null || member.caseId === first.caseId) continue;
    const card = furtherCaseCard(member, member.shown === true, threadUrl(member, linkTo), settings.language);
    const digest = digestOf(card);
    if (digest === member.toldSupport) continue;
    // A case may come into a second incident; its message then is another one.
    const key = furtherKey(incident.id, member.caseId);
    await attempt(parts, `a case in ${support.channel}`, signal, () => outlet.put(key, support, card, signal));
    await handOffs.noteTold(member.caseId, 'support', digest);
  }
}

async function tellAskers(
  parts: EscalationParts,
  { incident, members }: WholeIncident,
  signal: AbortSignal,
): Promise<void> {
  for (const member of members) {
    // Without a thread it would stand in the middle of a channel.
    if (member.place.threadTs === null) continue;
    // Who asks for the first time after the support team is done with it, has nothing to hear of them.
    if (member.escalated === null && member.toldAsker === null && incident.state === 'with_bot') continue;
    const card = stateCardOf(parts, incident, member);
    const digest = digestOf(card);
    if (digest === member.toldAsker) continue;
    await attempt(parts, `the state in ${member.place.channel}`, signal, () =>
      parts.outlet.put(`handoff-state/${member.caseId}`, member.place, card, signal),
    );
    await parts.handOffs.noteTold(member.caseId, 'asker', digest);
  }
}

/** Who did not hand the case over is told who has it and what fixed it, but not that the own question went along. */
function stateCardOf(parts: EscalationParts, incident: Incident, member: Member): Card {
  if (member.escalated !== null || incident.state !== 'open')
    return parts.cards.state(askerView(incident, member, parts));
  return knownCard(incident, incident.support && parts.linkTo(incident.support), member.language, member.subject);
}

/** Uploads the charts and hangs the case page into the thread; what fails is left out, the card says all of it in words. */
async function hangFiles(
  parts: EscalationParts,
  { id, support }: Incident,
  { caseId }: Member,
  shown: Diagnosis,
  signal: AbortSignal,
): Promise<HungChart[]> {
  const charts: HungChart[] = [];
  await attempt(parts, 'the charts', signal, async () => {
    for (const chart of (await parts.chartsOf?.(shown, caseId, signal)) ?? []) {
      const fileId = await parts.outlet.upload(`handoff-chart/${id}/${chart.name}`, chart, signal);
      charts.push({ fileId, alt: chart.alt, title: chart.title });
    }
  });
  await attempt(parts, 'the case page', signal, async () => {
    const page = await parts.pageOf?.(shown, caseId, signal);
    if (page && support) await parts.outlet.attach(`handoff-page/${id}`, support, page, signal);
  });
  return charts;
}

/** Does one thing; a failure is told and stops nothing else, the end of the signal does. */
export async function attempt(
  { onTrouble }: EscalationParts,
  what: string,
  signal: AbortSignal,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    signal.throwIfAborted();
    onTrouble(error, what);
  }
}

const digestOf = (card: Card) => createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 32);

function samePlace(one: Place, other: Place | null): boolean {
  return one.channel === other?.channel && one.threadTs === other.threadTs && one.team === other.team;
}
