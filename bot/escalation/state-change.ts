import type { Transaction } from '../cases/database/database.ts';
import { readIncident } from './hand-off-rows.ts';
import type { Change, Changed, Incident } from './hand-offs.ts';

/** Brings an incident into another state, inside a transaction that runs alone. Doing the same twice changes nothing the second time. */
export async function stateChange(
  tx: Transaction,
  incident: Incident,
  change: Change,
  by: string,
  atMs: number,
): Promise<Changed> {
  if (incident.state === 'noted') return { kind: 'unchanged', incident };
  if (incident.state === 'resolved') return { kind: 'closed', incident };
  if (standsSo(incident, change)) return { kind: 'unchanged', incident };
  const assignee = change.to === 'taken' ? change.assignee : change.to === 'resolved' ? incident.assignee : null;
  const fixed = change.to === 'resolved' ? change : null;
  const [row] = await tx.query(
    `update hand_off_incidents set state = $1, assignee = $2, changed_by = $3, changed_at_ms = $4, fixed_by = $5, fixed_code = $6,
      fixed_note = $7, resolved_by = $8, resolved_at_ms = $9, revision = revision + 1 where id = $10 returning *`,
    [
      change.to,
      assignee,
      by,
      atMs,
      fixed?.fixedBy ?? null,
      fixed?.code ?? null,
      fixed?.note ?? null,
      fixed ? by : null,
      fixed ? atMs : null,
      incident.id,
    ],
  );
  return { kind: 'done', incident: row ? readIncident(row) : incident };
}

/** Whoever comes second does not take it out of the first one's hands: that is what reassigning is for. */
function standsSo(incident: Incident, change: Change): boolean {
  if (change.to !== incident.state) return false;
  if (change.to !== 'taken') return true;
  return !change.reassign || change.assignee === incident.assignee;
}
