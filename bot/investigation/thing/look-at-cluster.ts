import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { bytes, count, percent, plural, were } from '../../../tools/evidence/spoken-figures.ts';
import type { YarnCluster, YarnFacts } from '../../../tools/yarn/facts.ts';
import { judgeQueue } from '../../../tools/yarn/judge-queue.ts';
import type { NodeCounts } from '../../../tools/yarn/node-history.ts';
import { yarnFinding } from '../../../tools/yarn/yarn-finding.ts';
import type { ThingContext } from './thing-context.ts';
import type { ThingReport } from './thing-report.ts';

const MAX_TOLD = 10;
/** The ResourceManager's answer tells of the asked time when it is this near. */
const NEAR_MS = 10 * 60_000;

/** How the cluster stands now: its nodes, its memory, what waits, and who uses it. */
export function lookAtCluster({ yarn, window }: ThingContext): ThingReport {
  const { cluster } = yarn;
  if (cluster === null) return unknownCluster();
  if (window !== null && (cluster.sampledAt < window.from - NEAR_MS || cluster.sampledAt > window.to + NEAR_MS))
    return clusterThen(yarn, window);
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

/** Of an earlier time only what a metrics server kept is told: the ResourceManager knows the present alone. */
function clusterThen({ nodeHistory }: YarnFacts, window: { from: number; to: number }): ThingReport {
  const then = nodeHistory.filter(({ at }) => at >= window.from && at <= window.to);
  const badOf = ({ lost, unhealthy }: NodeCounts) => (lost ?? 0) + (unhealthy ?? 0);
  const worst = then.toSorted((a, b) => badOf(b) - badOf(a))[0];
  const base = { kind: 'cluster' as const, id: 'cluster', isKnown: true, causes: [], needs: [], window };
  if (worst === undefined) {
    return {
      ...base,
      verdict: 'needs_more',
      summary: {
        en: 'How the cluster stood then is not on record: the ResourceManager tells only the present.',
        zh: '没有当时集群状态的记录：ResourceManager 只反映当前状态。',
      },
      told: [],
      needs: [
        {
          what: { en: 'the counts of nodes and queues over that time', zh: '那段时间的节点数与队列用量' },
          how: {
            en: 'a Prometheus server that scrapes the ResourceManager; name it in .env',
            zh: '需要抓取 ResourceManager 的 Prometheus，并在 .env 里配置',
          },
        },
      ],
    };
  }
  const bad = badOf(worst);
  const at = new Date(worst.at).toISOString().slice(0, 19).replace('T', ' ');
  const statement: Bilingual =
    bad === 0
      ? {
          en: `In ${plural(then.length, 'sample')} of that time no node was lost or unhealthy`,
          zh: `那段时间的 ${count(then.length)} 个样本里没有丢失或不健康的节点`,
        }
      : {
          en: `At ${at} UTC ${plural(worst.lost ?? 0, 'node')} ${were(worst.lost ?? 0)} lost and ${count(worst.unhealthy ?? 0)} unhealthy, ${count(worst.active ?? 0)} active`,
          zh: `${at}（UTC）时有 ${count(worst.lost ?? 0)} 个节点丢失、${count(worst.unhealthy ?? 0)} 个不健康，${count(worst.active ?? 0)} 个正常`,
        };
  return {
    ...base,
    verdict: bad > 0 ? 'needs_more' : 'healthy',
    summary: { en: `${statement.en}.`, zh: `${statement.zh}。` },
    told: [
      yarnFinding({
        rule: 'yarn/cluster-state',
        statement,
        keys: {},
        at: worst.at,
        evidence: [worst.evidence],
        values: { lost: worst.lost ?? 0, unhealthy: worst.unhealthy ?? 0 },
      }),
    ],
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
