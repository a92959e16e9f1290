import type { Evidence } from '../evidence/evidence.ts';
import type { YarnApplication } from './application-facts.ts';
import type { ContainerEvent, ContainerHappening } from './container-events.ts';
import { EXIT_STATUS } from './exit-status.ts';
import { parseLimitBreach } from './parse-limit-breach.ts';
import { printedOutput } from './parse-node-manager-records.ts';
import { type ContainerIdParts, findContainerId } from './yarn-ids.ts';

/** The application's own words in its diagnostics: what is quoted behind them is not the ResourceManager's statement. */
const OWN_WORDS = /User class threw exception|User application exited|Uncaught exception:/;

const MASTER_ENDED = /AM Container for (appattempt_\w{1,60}) exited with +exitCode: (-?\d{1,6})/g;

/**
 * What the ResourceManager's diagnostics of an application say of its ApplicationMasters' containers: exit statuses, the
 * memory check's statement, the output of a failed launch. Pure.
 */
export function eventsFromDiagnostics(application: YarnApplication): ContainerEvent[] {
  const texts = [
    { text: application.diagnostics, evidence: application.evidence.diagnostics, at: application.finishedAt },
    ...application.attempts.map((attempt) => ({
      text: attempt.diagnostics,
      evidence: attempt.evidence.at(-1) ?? null,
      at: attempt.finishedAt,
    })),
  ];
  return texts.flatMap(({ text, evidence, at }) => (evidence ? eventsOf(text, evidence, at, application) : []));
}

function eventsOf(text: string, evidence: Evidence, at: number | null, application: YarnApplication): ContainerEvent[] {
  const own = OWN_WORDS.exec(text)?.index ?? text.length;
  const said = text.slice(0, own);
  const breach = parseLimitBreach(said, { evidence, at });
  const output = printedOutput(said);
  const ids = [...said.matchAll(MASTER_ENDED)].flatMap((hit) => {
    const id = masterContainer(hit[1] ?? '', said, application);
    return id ? [{ id, status: Number(hit[2]) }] : [];
  });
  const event = (id: ContainerIdParts, what: ContainerHappening): ContainerEvent => {
    const host = application.attempts.find((attempt) => attempt.amContainerId === id.containerId)?.host ?? null;
    return { id, host, at, order: Number.MAX_SAFE_INTEGER, from: 'resource_manager', evidence, what };
  };
  const breachId = breach ? findContainerId(breach.containerId) : null;
  return [
    ...ids.map(({ id, status }) => event(id, { kind: 'diagnostics', text: said, exitStatus: status })),
    // -1000 means that the container never came to run: its files could not be brought (2.x and 3.x).
    ...ids
      .filter(({ status }) => status === EXIT_STATUS.invalid)
      .map(({ id }) => event(id, { kind: 'localization_failed', output: said.slice(0, 4000) })),
    ...(breach && breachId ? [event(breachId, { kind: 'breach', breach })] : []),
    ...(output !== '' && ids[0] ? [event(ids[0].id, { kind: 'launch_failed', output })] : []),
  ];
}

/** The container of an attempt's master: as the text names it, else as REST listed it, else number 1 of the attempt. */
function masterContainer(attemptId: string, text: string, application: YarnApplication): ContainerIdParts | null {
  const prefix = attemptId
    .replace(/^appattempt_/, '')
    .replace(/_0*(\d{1,10})$/, (_all, n: string) => `_${n.padStart(2, '0')}_`);
  const named = [...text.matchAll(/container_(?:e\d{1,10}_)?\d{1,16}_\d{1,12}_\d{1,10}_\d{1,12}/g)].find((hit) =>
    hit[0].includes(prefix),
  );
  const listed = application.attempts.find((attempt) => attempt.attemptId === attemptId)?.amContainerId;
  return findContainerId(named?.[0] ?? listed ?? `container_${prefix}000001`);
}
