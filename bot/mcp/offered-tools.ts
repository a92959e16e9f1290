import { z } from 'zod';
import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';
import type { Area } from '../../tools/evidence/area.ts';
import type { Outcome } from '../../tools/evidence/outcome.ts';
import type { Tool, ToolContext } from '../../tools/evidence/tool.ts';
import { KUBERNETES_READ_PODS } from '../../tools/kubernetes/kubernetes-read-pods.ts';
import { LOGS_READ } from '../../tools/logs/logs-read.ts';
import { matchSignatures } from '../../tools/logs/match-signatures.ts';
import { MEMORY_READ_HOST } from '../../tools/memory/memory-read-host.ts';
import { searchRunbooks } from '../../tools/runbooks/search-runbooks.ts';
import { SHUFFLE_READ_CLUSTER } from '../../tools/shuffle/shuffle-read-cluster.ts';
import { SPARK_LIST_RUNS } from '../../tools/spark/spark-list-runs.ts';
import { SPARK_READ_RUN } from '../../tools/spark/spark-read-run.ts';
import { STORAGE_READ_HDFS } from '../../tools/storage/storage-read-hdfs.ts';
import { STORAGE_READ_HOST } from '../../tools/storage/storage-read-host.ts';
import { yarnReadApplication } from '../../tools/yarn/yarn-read-application.ts';
import type { Told } from './result-text.ts';
import {
  tellHdfs,
  tellHostDisks,
  tellHostMemory,
  tellKubernetes,
  tellLogs,
  tellRunbooks,
  tellShuffle,
  tellYarn,
} from './tell-platform.ts';
import { tellSparkRun, tellSparkRuns } from './tell-spark.ts';

/** A read-only tool of an area as clients see it: its own name, schema and description, its result told in lines. */
export interface McpTool {
  name: string;
  area: Area;
  description: string;
  input: z.ZodObject;
  /** The line that tells what it does while it runs, in English. */
  progress(input: unknown): string;
  run(input: unknown, context: ToolContext): Promise<Outcome<Told>>;
}

/** Every tool of the areas that reads the platform, in the order a client lists them. */
export const PLATFORM_TOOLS: readonly McpTool[] = [
  offered(SPARK_LIST_RUNS, tellSparkRuns),
  offered(SPARK_READ_RUN, tellSparkRun),
  offered(yarnReadApplication, tellYarn),
  offered(LOGS_READ, tellLogs),
  offered(MEMORY_READ_HOST, tellHostMemory),
  offered(STORAGE_READ_HOST, tellHostDisks),
  offered(STORAGE_READ_HDFS, tellHdfs),
  offered(SHUFFLE_READ_CLUSTER, tellShuffle),
  offered(KUBERNETES_READ_PODS, tellKubernetes),
];

/** The search of what is written. */
export function runbookTool(base: KnowledgeBase, audience: readonly string[]): McpTool {
  return offered(searchRunbooks(base, audience), tellRunbooks);
}

function offered<Schema extends z.ZodObject, Facts>(
  tool: Tool<Schema, Facts>,
  tell: (facts: Facts) => string[],
): McpTool {
  return {
    name: tool.name,
    area: tool.area,
    description: tool.description,
    // An input that does not exist is a mistake of the caller, not something to pass over.
    input: tool.input.strict(),
    progress: (input) => tool.progress(tool.input.parse(input)).en,
    async run(input, context) {
      const outcome = await tool.run(tool.input.parse(input), context);
      if (outcome.outcome !== 'ok') return outcome;
      const { facts, findings, records } = outcome.value;
      // Logs were judged with the signatures by their own tool: judged again, each would count twice.
      const judged = tool.area === 'logs' ? [] : matchSignatures(records);
      return { ...outcome, value: { findings: [...findings, ...judged], facts: tell(facts) } };
    },
  };
}

/** The tool's input with the cluster that is meant, where several are configured. */
export function withCluster(input: z.ZodObject, clusters: readonly string[]): z.ZodObject {
  if (clusters.length < 2) return input;
  return input.extend({
    cluster: z
      .enum(clusters as [string, ...string[]])
      .optional()
      .describe('the cluster that is meant'),
  });
}
