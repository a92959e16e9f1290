import type { z } from 'zod';
import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';
import type { Area } from '../../tools/evidence/area.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import type { Tool } from '../../tools/evidence/tool.ts';
import { KUBERNETES_READ_PODS } from '../../tools/kubernetes/kubernetes-read-pods.ts';
import { LOGS_READ } from '../../tools/logs/logs-read.ts';
import { MEMORY_READ_HOST } from '../../tools/memory/memory-read-host.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import { type RunbookFacts, searchRunbooks } from '../../tools/runbooks/search-runbooks.ts';
import { SHUFFLE_READ_CLUSTER } from '../../tools/shuffle/shuffle-read-cluster.ts';
import { SPARK_LIST_RUNS } from '../../tools/spark/spark-list-runs.ts';
import { SPARK_READ_RUN } from '../../tools/spark/spark-read-run.ts';
import { STORAGE_READ_HDFS } from '../../tools/storage/storage-read-hdfs.ts';
import { STORAGE_READ_HOST } from '../../tools/storage/storage-read-host.ts';
import { yarnReadApplication } from '../../tools/yarn/yarn-read-application.ts';
import { namesOther } from '../investigation/others/pseudonyms.ts';
import type { Veil } from '../investigation/others/veil.ts';
import type { OfferedTool } from './agent-run.ts';
import type { DeeperLook } from './deeper-look.ts';
import type { Placeholders } from './placeholders.ts';
import { asJsonLine, shownText } from './shown-text.ts';
import { outOfReach, withinReach } from './within-reach.ts';

/** Characters of one result, some 1,500 tokens. */
const MAX_RESULT = 5_000;
const MOST = { findings: 12, evidence: 2, runs: 20, passages: 3 };
const LONGEST = { statement: 300, excerpt: 300, passage: 800, name: 120 };

/** What offered tools work on. */
export interface OfferedGround {
  look: DeeperLook;
  platform: Platform;
  placeholders: Placeholders;
  /** What keeps others' runs from the asker; absent or null: the asker may read everything. */
  veil?: Veil | null;
  /** Written knowledge, where there is some. */
  knowledge?: { base: KnowledgeBase; audience: readonly string[] };
}

/**
 * The areas' read-only tools as a model may call them: only areas that there is something of, only what belongs to this investigation.
 * What they find goes into the investigation by code; the model gets it as text, cut to size, with the ids of the evidence.
 */
export function offeredTools(ground: OfferedGround): OfferedTool[] {
  const { look, knowledge } = ground;
  const absent = new Set(
    look
      .investigation()
      .notChecked.filter(({ reason }) => reason === 'absent')
      .map(({ area }) => area),
  );
  const offer = <Schema extends z.ZodObject, Facts>(tool: Tool<Schema, Facts>, tell?: (facts: Facts) => unknown[]) =>
    absent.has(tool.area) ? [] : [offered(tool, ground, tell)];
  return [
    ...offer(SPARK_LIST_RUNS, (runs) =>
      runs.slice(0, MOST.runs).map(({ applicationId, applicationName, startedAt, endedAt }) => ({
        run: applicationId,
        name: applicationName,
        started: startedAt && new Date(startedAt).toISOString(),
        ended: endedAt && new Date(endedAt).toISOString(),
      })),
    ),
    ...offer(SPARK_READ_RUN),
    ...offer(yarnReadApplication),
    ...offer(LOGS_READ),
    ...offer(MEMORY_READ_HOST),
    ...offer(STORAGE_READ_HOST),
    ...offer(STORAGE_READ_HDFS),
    ...offer(SHUFFLE_READ_CLUSTER),
    ...offer(KUBERNETES_READ_PODS),
    ...(knowledge ? [offered(searchRunbooks(knowledge.base, knowledge.audience), ground, passagesOf)] : []),
  ];
}

function passagesOf({ passages }: RunbookFacts): unknown[] {
  return passages.slice(0, MOST.passages).map(({ runbook, heading, text }) => ({
    runbook: `${runbook} › ${heading}`,
    text: shownText(text, LONGEST.passage),
  }));
}

function offered<Schema extends z.ZodObject, Facts>(
  tool: Tool<Schema, Facts>,
  ground: OfferedGround,
  tell?: (facts: Facts) => unknown[],
): OfferedTool {
  const { look, platform, placeholders, veil } = ground;
  return {
    name: tool.name,
    description: tool.description,
    input: tool.input,
    progress: (input) => tool.progress(restored(input, placeholders) as z.infer<Schema>),
    async run(given, signal) {
      const input = restored(given, placeholders) as z.infer<Schema>;
      const foreign = [...outOfReach(input, withinReach(look.investigation())), ...hiddenNames(input, veil)];
      if (foreign.length > 0)
        return `${foreign.map((name) => shownText(name, 80)).join(', ')}: not part of this investigation, so it is not read.`;
      look.toolCalls += 1;
      const outcome = await tool.run(input, { platform, signal });
      if (outcome.outcome === 'no_data') return `Nothing found: ${shown(outcome.looked.en, ground)}`;
      if (outcome.outcome === 'failed') return `Could not be read: ${shown(outcome.why.en, ground)}`;
      const { findings, facts } = outcome.value;
      const rows = tell?.(facts) ?? [];
      if (!veil) return await told(tool.area, findings, rows, ground);
      const shownRows = veil.hide(rows).filter((row) => !namesOther(JSON.stringify(row)));
      return await told(tool.area, veil.findings(findings), shownRows, ground);
    },
  };
}

/** Names in an input that are of runs which the asker may not read. */
function hiddenNames(input: unknown, veil: Veil | null | undefined): string[] {
  if (!veil || typeof input !== 'object' || input === null) return [];
  return Object.values(input)
    .flat()
    .filter((value): value is string => typeof value === 'string' && veil.isHidden(value));
}

function shown(text: string, { placeholders, veil }: OfferedGround): string {
  return shownText(placeholders.hide(veil ? veil.hide(text) : text), LONGEST.statement);
}

/** Findings about what is in reach, the heaviest first, those that the case does not hold yet marked new. */
async function told(
  area: Area,
  findings: readonly Finding[],
  rows: readonly unknown[],
  ground: OfferedGround,
): Promise<string> {
  const { look, placeholders } = ground;
  const before = look.investigation();
  const reach = withinReach(before);
  const known = new Set(before.findings.map(({ statement }) => statement.en));
  const about = findings
    .filter(({ keys, echo }) => !echo && (keys.applicationId === undefined || reach.has(keys.applicationId)))
    .sort((a, b) => Number(known.has(a.statement.en)) - Number(known.has(b.statement.en)) || b.weight - a.weight);
  const kept = about.slice(0, MOST.findings);
  const lines = kept.map((finding) => ({
    ...(known.has(finding.statement.en) ? {} : { new: true }),
    says: shown(finding.statement.en, ground),
    evidence: finding.evidence.slice(-MOST.evidence).map((piece) => ({
      id: look.book.cite(piece),
      by: piece.provenance,
      text: shownText(placeholders.hide(piece.excerpt), LONGEST.excerpt),
    })),
  }));
  const added = await look.add(kept.filter(({ statement }) => !known.has(statement.en)));
  const causes = added.flatMap((id) => {
    const hypothesis = look.hypotheses.get(id);
    if (!hypothesis) return [];
    const { root, standing } = hypothesis;
    // The evidence that speaks for it: an order may be overturned only with such named.
    const evidence = look.book.citeAll(root.evidence.slice(-MOST.evidence));
    return [`hypothesis ${asJsonLine({ id, cause: shown(root.statement.en, ground), standing, evidence })}`];
  });
  const parts = [
    ...causes,
    ...lines.map((line) => `finding ${asJsonLine(line)}`),
    ...rows.map((row) => `row ${asJsonLine(hiddenIn(row, placeholders))}`),
  ];
  if (parts.length === 0) return `Read (${area}): nothing stands out.`;
  const fits: string[] = [];
  let characters = 0;
  for (const part of parts) {
    if (characters + part.length > MAX_RESULT) break;
    characters += part.length;
    fits.push(part);
  }
  const left = parts.length - fits.length + about.length - kept.length;
  return [
    'Data only:',
    ...fits,
    ...(left > 0 ? [`${left} more left out; ask for fewer hosts, one application or a shorter window.`] : []),
  ].join('\n');
}

function hiddenIn(value: unknown, placeholders: Placeholders): unknown {
  return changed(value, (text) => shownText(placeholders.hide(text), LONGEST.passage));
}

/** An input with the names put back. */
function restored(value: unknown, placeholders: Placeholders): unknown {
  return changed(value, (text) => placeholders.restore(text));
}

function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((inner) => changed(inner, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, changed(inner, change)]));
}
