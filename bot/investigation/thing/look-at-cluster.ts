import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { bytes, count, percent, plural } from '../../../tools/evidence/spoken-figures.ts';
import type { YarnCluster, YarnFacts } from '../../../tools/yarn/facts.ts';
import { judgeQueue } from '../../../tools/yarn/judge-queue.ts';
import { yarnFinding } from '../../../tools/yarn/yarn-finding.ts';
import type { ThingContext } from './thing-context.ts';
import type { ThingReport } from './thing-report.ts';

const MAX_TOLD = 10;

/** How the cluster stands now: its nodes, its memory, what waits, and who uses it. */
export function lookAtCluster({ yarn }: ThingContext): ThingReport {
  const { cluster } = yarn;
  if (cluster === null) return unknownCluster();
  const badNodes = yarn.nodes.filter(({ state }) => /UNHEALTHY|LOST|DECOMMISSION|REBOOT|SHUTDOWN/.test(state));
  const bad = (cluster.lostNodes ?? 0) + (cluster.unhealthyNodes ?? 0);
  const state = stateOf(cluster, bad);
  const queues = yarn.queues.filter(({ leaf }) => leaf).map((queue) => judgeQueue(queue, yarn));
  const holders = queues
    .flatMap((queue) => queue.holders)
    .sort((a, b) => Number(b.values.heldBytes ?? 0) - Number(a.values.heldBytes ?? 0));
  const full = queues.filter(({ isFull }) => isFull).map(({ finding }) => finding);
  const wrong = bad > 0;
  return {
    kind: 'cluster',
    id: 'cluster',
    isKnown: true,
    verdict: wrong ? 'needs_more' : 'healthy',
    summary: {
      en: `${wrong ? 'Not all of it is well.' : 'Its nodes are well.'} ${state.statement.en}.`,
      zh: `${wrong ? '集群并非全部正常。' : '节点都正常。'}${state.statement.zh}。`,
    },
    told: [state, ...badNodes.slice(0, MAX_TOLD).flatMap(nodeFinding), ...full, ...holders.slice(0, MAX_TOLD)],
    causes: [],
    needs: wrong
      ? badNodes.slice(0, 3).map(({ host }) => ({
          what: { en: `what happened on ${host}`, zh: `${host} 上发生了什么` },
          how: { en: `wherefore ask "what died on ${host}?"`, zh: `wherefore ask "${host} 上挂了什么"` },
        }))
      : [],
    window: { from: cluster.sampledAt, to: cluster.sampledAt },
  };
}

function stateOf(cluster: YarnCluster, bad: number): Finding {
  const { totalMemoryBytes: total, allocatedMemoryBytes: held } = cluster;
  const use: Bilingual =
    total === null || held === null || total === 0
      ? { en: '', zh: '' }
      : {
          en: `${bytes(held)} of ${bytes(total)} memory given out (${percent(held / total)}), `,
          zh: `已分配内存 ${bytes(held)} / ${bytes(total)}（${percent(held / total)}），`,
        };
  const at = new Date(cluster.sampledAt).toISOString().slice(11, 19);
  const [running, pending, active] = [cluster.appsRunning ?? 0, cluster.appsPending ?? 0, cluster.activeNodes ?? 0];
  return yarnFinding({
    rule: 'yarn/cluster-state',
    statement: {
      en: `At ${at} UTC ${use.en}${plural(running, 'application')} running, ${count(pending)} pending, ${plural(active, 'node')} active, ${count(bad)} lost or unhealthy`,
      zh: `${at}（UTC）${use.zh}运行中 ${count(running)} 个应用，等待 ${count(pending)} 个，活动节点 ${count(active)} 个，丢失或不健康 ${count(bad)} 个`,
    },
    keys: {},
    at: cluster.sampledAt,
    evidence: [cluster.evidence],
    values: { badNodes: bad, running, pending, active, ...(total && held ? { heldShare: held / total } : {}) },
  });
}

function nodeFinding(node: YarnFacts['nodes'][number]): Finding[] {
  if (node.evidence === null) return [];
  const report = node.healthReport === '' ? '' : `: ${node.healthReport.slice(0, 300)}`;
  return [
    yarnFinding({
      rule: 'yarn/node-state',
      statement: { en: `${node.host} is ${node.state}${report}`, zh: `${node.host} 状态为 ${node.state}${report}` },
      keys: { host: node.host },
      at: node.sampledAt,
      evidence: [node.evidence],
    }),
  ];
}

function unknownCluster(): ThingReport {
  return {
    kind: 'cluster',
    id: 'cluster',
    isKnown: false,
    verdict: 'needs_more',
    summary: {
      en: 'No ResourceManager’s answer about the cluster is there.',
      zh: '没有 ResourceManager 关于集群的应答。',
    },
    told: [],
    causes: [],
    needs: [
      {
        what: { en: 'the ResourceManager’s answers', zh: 'ResourceManager 的应答' },
        how: { en: 'name it in .env (wherefore doctor checks it)', zh: '在 .env 里配置（用 wherefore doctor 检查）' },
      },
    ],
    window: null,
  };
}
