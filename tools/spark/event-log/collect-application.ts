import type { Quote } from '../../evidence/quote.ts';
import type { ApplicationFacts, EnvironmentFacts } from '../facts.ts';
import { isInteractive } from '../is-interactive.ts';
import { containerIdIn } from './container-id.ts';
import { type EventLine, quoteFrom, quoteLine } from './event-line.ts';
import { type JsonObject, numberAt, objectAt, textAt, textMap } from './json-fields.ts';

const MAX_RAW_LINE = 262_144;
const MAX_JARS = 5_000;
/** Names a system property may have to be kept: what tells two environments apart, nothing machine-made. */
const LEFT_OUT = new Set(['java.class.path', 'line.separator', 'sun.boot.class.path', 'java.library.path']);

/** What the application's own events tell: start, end, environment, the driver's block manager. */
export interface ApplicationCollector {
  logStart(event: JsonObject): void;
  applicationStart(event: JsonObject, line: EventLine): void;
  applicationEnd(event: JsonObject, line: EventLine): void;
  environment(event: JsonObject, line: EventLine): void;
  blockManagerAdded(event: JsonObject): void;
  /** A streaming query or batch was seen. */
  sawStreaming(): void;
  readonly ended: boolean;
  result(): { sparkVersion: string | null; application: ApplicationFacts; environment: EnvironmentFacts };
}

export function collectApplication(): ApplicationCollector {
  let version: string | null = null;
  let start: { event: JsonObject; quote: Quote } | null = null;
  let end: { event: JsonObject; quote: Quote } | null = null;
  let environment: EnvironmentFacts = { spark: {}, system: {}, jvm: {}, classPathJars: [], quote: null, rawLine: null };
  let driverHost: string | null = null;
  let streaming = false;

  return {
    get ended() {
      return end !== null;
    },
    logStart(event) {
      version ??= textAt(event, 'Spark Version');
    },
    applicationStart(event, line) {
      start ??= { event, quote: quoteLine(line) };
    },
    applicationEnd(event, line) {
      end = { event, quote: quoteLine(line) };
    },
    environment(event, line) {
      environment = environmentOf(event, line);
    },
    blockManagerAdded(event) {
      const id = objectAt(event, 'Block Manager ID');
      const executor = textAt(id, 'Executor ID');
      if (executor === 'driver' || executor === '<driver>') driverHost ??= textAt(id, 'Host');
    },
    sawStreaming() {
      streaming = true;
    },
    result() {
      const spark = environment.spark;
      const id = textAt(start?.event ?? null, 'App ID') ?? spark['spark.app.id'] ?? null;
      const master = spark['spark.master'] ?? null;
      const application: ApplicationFacts = {
        id,
        name: textAt(start?.event ?? null, 'App Name') ?? spark['spark.app.name'] ?? null,
        attempt: textAt(start?.event ?? null, 'App Attempt ID'),
        user: textAt(start?.event ?? null, 'User'),
        startedAt: numberAt(start?.event ?? null, 'Timestamp'),
        endedAt: numberAt(end?.event ?? null, 'Timestamp'),
        exitCode: numberAt(end?.event ?? null, 'ExitCode') ?? numberAt(end?.event ?? null, 'Exit Code'),
        master,
        deployMode: spark['spark.submit.deployMode'] ?? (master === 'yarn-cluster' ? 'cluster' : null),
        platform: platformOf(master, id),
        driverHost: driverHost ?? spark['spark.driver.host'] ?? null,
        driverContainerId: driverContainerOf(start?.event ?? null),
        interactive: streaming || isInteractive(environment),
        quotes: { start: start?.quote ?? null, end: end?.quote ?? null },
      };
      return { sparkVersion: version, application, environment };
    },
  };
}

/** The container the driver runs in, by its attributes or the links to its logs (`Driver Attributes`, `Driver Logs`). */
function driverContainerOf(start: JsonObject | null): string | null {
  const attributes = textMap(objectAt(start, 'Driver Attributes'));
  return containerIdIn([attributes.CONTAINER_ID ?? '', ...Object.values(textMap(objectAt(start, 'Driver Logs')))]);
}

function environmentOf(event: JsonObject, line: EventLine): EnvironmentFacts {
  const system = textMap(objectAt(event, 'System Properties'), 4_096);
  const jvm = textMap(objectAt(event, 'JVM Information'));
  return {
    spark: textMap(objectAt(event, 'Spark Properties')),
    system: Object.fromEntries(
      Object.entries({ ...system, 'java.version': system['java.version'] ?? jvm['Java Version'] ?? '' }).filter(
        ([name, value]) => !LEFT_OUT.has(name) && value !== '',
      ),
    ),
    jvm,
    classPathJars: Object.keys(objectAt(event, 'Classpath Entries') ?? {}).slice(0, MAX_JARS),
    quote: quoteFrom(line, '"Spark Properties":'),
    rawLine: line.bytes.length <= MAX_RAW_LINE ? line.bytes.toString('utf8') : null,
  };
}

/** Which cluster manager ran it: by the master's URL, else by how the manager forms application ids. */
export function platformOf(master: string | null, id: string | null): ApplicationFacts['platform'] {
  if (master !== null) {
    if (master.startsWith('yarn')) return 'yarn';
    if (master.startsWith('k8s:')) return 'kubernetes';
    if (master.startsWith('spark:') || master.startsWith('local-cluster')) return 'standalone';
    if (master.startsWith('local')) return 'local';
    if (master.startsWith('mesos:')) return 'mesos';
  }
  if (id === null) return 'unknown';
  if (/^application_\d+_\d+$/.test(id)) return 'yarn';
  if (/^app-\d{14}-\d{4,}$/.test(id)) return 'standalone';
  if (/^local-\d+$/.test(id)) return 'local';
  if (/^spark-(?:application-\d+|[0-9a-f]{32})$/.test(id)) return 'kubernetes';
  return 'unknown';
}
