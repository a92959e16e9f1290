import type { Cell, Row } from '../cases/database/database.ts';
import { ESCALATION_WAYS } from './escalation.ts';
import { HAND_OFF_STATES, type HungChart, type Incident, type Member } from './hand-offs.ts';

/** A row of `hand_off_incidents`. */
export function readIncident(row: Row): Incident {
  const { team, channel, thread_ts: threadTs, fixed_by: fixedBy } = row;
  return {
    id: text(row.id),
    key: { kind: text(row.kind), id: text(row.component), family: text(row.family), cluster: text(row.cluster) },
    fromMs: Number(row.from_ms),
    toMs: Number(row.to_ms),
    state: HAND_OFF_STATES.find((state) => state === row.state) ?? 'noted',
    assignee: textOrNull(row.assignee),
    changedBy: textOrNull(row.changed_by),
    changedAtMs: Number(row.changed_at_ms),
    support: channel == null ? null : { team: text(team), channel: text(channel), threadTs: textOrNull(threadTs) },
    resolution:
      fixedBy == null
        ? null
        : {
            fixedBy: text(fixedBy),
            code: textOrNull(row.fixed_code),
            note: textOrNull(row.fixed_note),
            by: text(row.resolved_by),
            atMs: Number(row.resolved_at_ms),
          },
    earlier: textOrNull(row.earlier),
    firstCase: textOrNull(row.first_case),
    charts: row.charts == null ? null : (JSON.parse(text(row.charts)) as HungChart[]),
    lessonsKept: Number(row.lessons_kept) === 1,
  };
}

/** A row of `hand_off_cases`. */
export function readMember(row: Row): Member {
  return {
    caseId: text(row.case_id),
    incident: text(row.incident),
    place: { team: text(row.team), channel: text(row.channel), threadTs: textOrNull(row.thread_ts) },
    asker: text(row.asker),
    question: text(row.question),
    subject: text(row.subject),
    language: row.language === 'zh' ? 'zh' : 'en',
    diagnosis: text(row.diagnosis),
    askedAtMs: Number(row.asked_at_ms),
    failedAtMs: Number(row.failed_at_ms),
    escalated:
      row.escalated_at_ms == null
        ? null
        : {
            by: textOrNull(row.escalated_by),
            way: ESCALATION_WAYS.find((way) => way === row.way) ?? 'asked',
            said: textOrNull(row.said),
            atMs: Number(row.escalated_at_ms),
          },
    toldResolved: Number(row.told_resolved) === 1,
    shown: row.shown == null ? null : Number(row.shown) === 1,
    toldAsker: textOrNull(row.told_asker),
    toldSupport: textOrNull(row.told_support),
  };
}

const text = (cell: Cell | undefined) => String(cell ?? '');
const textOrNull = (cell: Cell | undefined) => (cell == null ? null : String(cell));
