import { randomBytes } from 'node:crypto';
import type { Database, Transaction } from '../cases/database/database.ts';
import { extend, keyText, withinReach } from './group-incidents.ts';
import { readIncident, readMember } from './hand-off-rows.ts';
import type { Entered, HandOffs, Incident, Member, NewMember } from './hand-offs.ts';
import type { IncidentKey } from './incident.ts';
import { publishing } from './publishing.ts';
import { stateChange } from './state-change.ts';

/** All changes run one after another, over all replicas: they are short, and no two of them may see the same "no incident yet". */
const EXCLUSIVE = 'hand-offs';
/** Incidents of one component that are looked through for a new case; older ones are out of reach of any failure of today. */
const MAX_CANDIDATES = 20;
/** What was resolved longer ago than this is no news for who takes the next one. */
const EARLIER_MS = 14 * 24 * 3_600_000;

/** Hand-offs in the bot's database; its tables (`HAND_OFF_TABLES`) are there. */
export function openHandOffs(database: Database): HandOffs {
  const alone = <Result>(work: (tx: Transaction) => Promise<Result>) => database.transaction(work, EXCLUSIVE);
  return {
    note: (member, atMs) => alone((tx) => note(tx, member, atMs)),
    enter: (caseId, escalated, atMs) =>
      alone(async (tx) => {
        const member = await memberOf(tx, caseId);
        return member && enter(tx, member, escalated, atMs);
      }),
    change: (id, change, by, atMs) =>
      alone(async (tx) => {
        const incident = await incidentAt(tx, id);
        return incident && stateChange(tx, incident, change, by, atMs);
      }),
    read: (id) => whole(database, id),
    async incidentOf(caseId) {
      const member = await memberOf(database, caseId);
      return member && whole(database, member.incident);
    },
    async caseAt({ team, channel, threadTs }) {
      if (threadTs === null) return null;
      const [row] = await database.query(
        `select case_id from hand_off_cases where channel = $1 and thread_ts = $2 and team = $3
          order by asked_at_ms desc, case_id limit 1`,
        [channel, threadTs, team],
      );
      return row ? String(row.case_id) : null;
    },
    async at({ team, channel, threadTs }) {
      if (threadTs === null) return null;
      const [row] = await database.query(
        'select * from hand_off_incidents where channel = $1 and thread_ts = $2 and team = $3',
        [channel, threadTs, team],
      );
      return row ? readIncident(row) : null;
    },
    ...publishing(database, alone),
    forget: (caseId) =>
      alone(async (tx) => {
        const member = await memberOf(tx, caseId);
        if (!member) return;
        await tx.query('delete from hand_off_cases where case_id = $1', [caseId]);
        await tx.query(
          'update hand_off_incidents set first_case = null, revision = revision + 1 where first_case = $1',
          [caseId],
        );
        if (!(await dropWhenEmpty(tx, member.incident))) await touch(tx, member.incident);
      }),
  };
}

async function note(tx: Transaction, fresh: NewMember, atMs: number): Promise<Incident> {
  const before = await memberOf(tx, fresh.caseId);
  if (before) await bindPlace(tx, before, fresh);
  const stands = before && (await incidentAt(tx, before.incident));
  if (before && stands && staysWith(stands, before, fresh)) {
    if (before.diagnosis === fresh.diagnosis) return stands;
    await tx.query(
      'update hand_off_cases set diagnosis = $1, failed_at_ms = $2, subject = $3, shown = null where case_id = $4',
      [fresh.diagnosis, fresh.failedAtMs, fresh.subject, fresh.caseId],
    );
    await touch(tx, stands.id);
    return stands;
  }
  const incident = await findOrMake(tx, fresh.key, fresh.failedAtMs, atMs);
  if (before) {
    await tx.query(
      `update hand_off_cases set incident = $1, diagnosis = $2, failed_at_ms = $3, subject = $4, shown = null, told_resolved = 0,
        escalated_at_ms = null, told_support = null where case_id = $5`,
      [incident.id, fresh.diagnosis, fresh.failedAtMs, fresh.subject, fresh.caseId],
    );
    if (before.incident !== incident.id && !(await dropWhenEmpty(tx, before.incident)))
      await touch(tx, before.incident);
  } else {
    const { team, channel, threadTs } = fresh.place;
    await tx.query(
      `insert into hand_off_cases
        (case_id, incident, team, channel, thread_ts, asker, question, subject, language, diagnosis, asked_at_ms, failed_at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        fresh.caseId,
        incident.id,
        team,
        channel,
        threadTs,
        fresh.asker,
        fresh.question,
        fresh.subject,
        fresh.language,
        fresh.diagnosis,
        fresh.askedAtMs,
        fresh.failedAtMs,
      ],
    );
  }
  await touch(tx, incident.id);
  return incident;
}

/** A command has no thread until its answer is posted. */
async function bindPlace(tx: Transaction, before: Member, { place, caseId }: NewMember): Promise<void> {
  if (before.place.threadTs !== null || place.threadTs === null) return;
  await tx.query('update hand_off_cases set team = $1, channel = $2, thread_ts = $3 where case_id = $4', [
    place.team,
    place.channel,
    place.threadTs,
    caseId,
  ]);
}

/** A case that was handed over stays where people look after it; one that fails again after its incident was resolved does not. */
function staysWith(incident: Incident, before: Member, fresh: NewMember): boolean {
  if (before.diagnosis === fresh.diagnosis) return true;
  if (incident.resolution)
    return keyText(incident.key) === keyText(fresh.key) && fresh.failedAtMs <= incident.resolution.atMs;
  return before.escalated !== null || keyText(incident.key) === keyText(fresh.key);
}

async function enter(
  tx: Transaction,
  member: Member,
  { by, way, said }: Omit<NonNullable<Member['escalated']>, 'atMs'>,
  atMs: number,
): Promise<Entered | null> {
  let incident = await incidentAt(tx, member.incident);
  if (!incident) return null;
  if (incident.resolution) {
    // Who was told and asks all the same is not helped by what fixed it.
    const told = member.toldResolved || member.escalated !== null;
    if (!told && member.failedAtMs <= incident.resolution.atMs) {
      await tx.query('update hand_off_cases set told_resolved = 1 where case_id = $1', [member.caseId]);
      await touch(tx, incident.id);
      return { kind: 'resolved_since', incident };
    }
    incident = await openAnew(tx, incident, member, atMs);
  } else if (member.escalated !== null && incident.state !== 'with_bot') {
    // A reason that is given after the press belongs to it.
    if (said !== null && member.escalated.said === null) {
      await tx.query('update hand_off_cases set said = $1 where case_id = $2', [said, member.caseId]);
      await touch(tx, incident.id);
    }
    return { kind: 'known', incident };
  }
  await tx.query(
    `update hand_off_cases set escalated_at_ms = $1, escalated_by = $2, way = $3, said = $4, told_resolved = 0 where case_id = $5`,
    [atMs, by, way, said, member.caseId],
  );
  const { state } = incident;
  if (state === 'noted' || state === 'with_bot')
    await tx.query(
      "update hand_off_incidents set state = 'open', assignee = null, changed_by = $1, changed_at_ms = $2 where id = $3",
      [by, atMs, incident.id],
    );
  await touch(tx, incident.id);
  const stands = (await incidentAt(tx, incident.id)) ?? incident;
  return { kind: state === 'noted' ? 'first' : 'joined', incident: stands };
}

/** The incident that follows a resolved one: one that others opened anew already, or a new one. */
async function openAnew(tx: Transaction, resolved: Incident, member: Member, atMs: number): Promise<Incident> {
  const open = await candidates(tx, resolved.key);
  const other = open.find((one) => one.resolution === null && one.earlier === resolved.id);
  const next = other ?? (await make(tx, resolved.key, Math.max(member.failedAtMs, resolved.fromMs), atMs, resolved.id));
  await tx.query('update hand_off_cases set incident = $1, told_support = null where case_id = $2', [
    next.id,
    member.caseId,
  ]);
  return next;
}

async function findOrMake(tx: Transaction, key: IncidentKey, failedAtMs: number, atMs: number): Promise<Incident> {
  const known = await candidates(tx, key);
  const near = known.filter((one) => withinReach(one, failedAtMs));
  const found =
    near.find(({ resolution }) => resolution === null) ??
    near.find(({ resolution }) => resolution !== null && failedAtMs <= resolution.atMs);
  if (found) {
    const { fromMs, toMs } = extend(found, failedAtMs);
    await tx.query('update hand_off_incidents set from_ms = $1, to_ms = $2 where id = $3', [fromMs, toMs, found.id]);
    return { ...found, fromMs, toMs };
  }
  const earlier = known.find(({ resolution }) => resolution !== null && atMs - resolution.atMs <= EARLIER_MS);
  return make(tx, key, failedAtMs, atMs, earlier?.id ?? null);
}

async function candidates(tx: Transaction, key: IncidentKey): Promise<Incident[]> {
  const rows = await tx.query(
    `select * from hand_off_incidents where key_text = $1 order by to_ms desc, id limit ${MAX_CANDIDATES}`,
    [keyText(key)],
  );
  return rows.map(readIncident);
}

async function make(
  tx: Transaction,
  key: IncidentKey,
  failedAtMs: number,
  atMs: number,
  earlier: string | null,
): Promise<Incident> {
  const id = `incd_${randomBytes(6).toString('hex')}`;
  const [row] = await tx.query(
    `insert into hand_off_incidents (id, key_text, kind, component, family, cluster, from_ms, to_ms, state, changed_at_ms, earlier)
      values ($1, $2, $3, $4, $5, $6, $7, $8, 'noted', $9, $10) returning *`,
    [id, keyText(key), key.kind, key.id, key.family, key.cluster, failedAtMs, failedAtMs, atMs, earlier],
  );
  if (!row) throw new Error('the store returned no row for a new incident');
  return readIncident(row);
}

/** What anybody sees of an incident changed. Nothing is shown of one that nobody wanted help with. */
async function touch(tx: Transaction, id: string): Promise<void> {
  await tx.query("update hand_off_incidents set revision = revision + 1 where id = $1 and state <> 'noted'", [id]);
}

async function dropWhenEmpty(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.query(
    `delete from hand_off_incidents where id = $1 and state = 'noted'
      and not exists (select 1 from hand_off_cases where incident = $1) returning id`,
    [id],
  );
  return rows.length > 0;
}

async function incidentAt(tx: Transaction, id: string): Promise<Incident | null> {
  const [row] = await tx.query('select * from hand_off_incidents where id = $1', [id]);
  return row ? readIncident(row) : null;
}

async function memberOf(tx: Transaction, caseId: string): Promise<Member | null> {
  const [row] = await tx.query('select * from hand_off_cases where case_id = $1', [caseId]);
  return row ? readMember(row) : null;
}

async function whole(tx: Transaction, id: string) {
  const incident = await incidentAt(tx, id);
  if (!incident) return null;
  const rows = await tx.query(
    `select * from hand_off_cases where incident = $1
      order by case when escalated_at_ms is null then 1 else 0 end, escalated_at_ms, asked_at_ms, case_id`,
    [id],
  );
  return { incident, members: rows.map(readMember) };
}
