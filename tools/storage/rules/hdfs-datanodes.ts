import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration, plural } from '../../evidence/spoken-figures.ts';
import { type HdfsCase, hdfsFinding, looksInScope } from '../hdfs-case.ts';
import type { DataNodeState, HdfsScope, NameNodeSample } from '../hdfs-facts.ts';
import { HDFS_THRESHOLDS } from '../hdfs-thresholds.ts';

/**
 * DataNodes that are dead by the NameNode's own list. One that died long ago has been replaced by other copies; all of them alive
 * speaks against a loss. The NameNode notices a death only after 10.5 minutes: until then a silent one counts as live.
 */
export const hdfsDatanodes: Rule<HdfsCase> = {
  id: 'storage/hdfs-datanodes',
  area: 'storage',
  codes: ['storage.hdfs_datanode_down'],
  apply(given): Finding[] {
    const looks = looksInScope(given);
    const none = looks.find(({ liveDataNodes }) => liveDataNodes === 0);
    if (none) return [noneLives(none)];
    const look = looks.find((sample) => deadOf(sample, given.scope).length > 0);
    if (look) return [someDead(look, deadOf(look, given.scope), given.scope)];
    const leaving = looks.find((sample) => isShortOfTakers(sample));
    if (leaving) return [fewTake(leaving)];
    const { window } = given.scope;
    const well = looks.find((sample) => window !== null && allWell(sample));
    return well ? [allLive(well)] : [];
  },
};

function noneLives(look: NameNodeSample): Finding {
  return hdfsFinding({
    rule: hdfsDatanodes.id,
    code: 'storage.hdfs_datanode_down',
    statement: { en: 'No DataNode is registered with the NameNode', zh: '没有任何 DataNode 注册到 NameNode' },
    at: look.at,
    evidence: [look.evidence.live, look.evidence.dead].flatMap((piece) => piece ?? []),
    values: { liveDatanodes: 0, ...(look.deadDataNodes === null ? {} : { deadDatanodes: look.deadDataNodes }) },
  });
}

/** Dead ones that went recently, or whose blocks are missed. */
function deadOf(look: NameNodeSample, { window }: HdfsScope): DataNodeState[] {
  const since = window === null ? look.at : window.from;
  return look.nodes.filter(
    (node) =>
      node.state === 'dead' &&
      ((look.blocks.missing ?? 0) > 0 ||
        node.lastContactS === null ||
        look.at - node.lastContactS * 1000 >= since - HDFS_THRESHOLDS.longDeadMs),
  );
}

function someDead(look: NameNodeSample, dead: readonly DataNodeState[], { hosts }: HdfsScope): Finding {
  const live = look.liveDataNodes ?? look.nodes.filter(({ state }) => state === 'live').length;
  const missing = look.blocks.missing ?? 0;
  const names = dead.slice(0, 3).map(({ host }) => host);
  const [first] = dead as [DataNodeState];
  const silent = first.lastContactS === null ? null : duration(first.lastContactS * 1000);
  const own = dead.find(({ host }) => hosts.includes(host));
  const low = look.blocks.lowRedundancy ?? 0;
  return hdfsFinding({
    rule: hdfsDatanodes.id,
    code: 'storage.hdfs_datanode_down',
    kind: missing > 0 ? 'observed' : 'inferred',
    statement: {
      en: `${plural(dead.length, 'DataNode')} of ${live + dead.length} dead (${names.join(', ')}${silent === null ? '' : `; ${first.host} silent for ${silent.en}`})${low > 0 ? `, ${plural(low, 'block')} with too few copies` : ''}`,
      zh: `${live + dead.length} 个 DataNode 中有 ${dead.length} 个失效（${names.join('、')}${silent === null ? '' : `；${first.host} 已 ${silent.zh}没有心跳`}）${low > 0 ? `，${low} 个数据块副本不足` : ''}`,
    },
    ...(own === undefined ? {} : { keys: { host: own.host } }),
    at: first.lastContactS === null ? look.at : look.at - first.lastContactS * 1000,
    until: look.at,
    evidence: [first.evidence, ...(low > 0 && look.evidence.low_redundancy ? [look.evidence.low_redundancy] : [])],
    // Other copies serve: a dead DataNode alone slows, it does not fail.
    weight: missing > 0 ? 1 : 0.3,
    count: dead.length,
    values: { liveDatanodes: live, deadDatanodes: dead.length, missingBlocks: missing },
  });
}

/** DataNodes that are being emptied take no new blocks; with fewer left than copies are asked for, writes suffer. */
function isShortOfTakers({ nodes }: NameNodeSample): boolean {
  const leaving = nodes.filter(({ state }) => state === 'decommissioning').length;
  const takers = nodes.filter(({ state }) => state === 'live').length;
  return leaving > 0 && takers < HDFS_THRESHOLDS.copies;
}

function fewTake(look: NameNodeSample): Finding {
  const leaving = look.nodes.filter(({ state }) => state === 'decommissioning');
  const takers = look.nodes.filter(({ state }) => state === 'live').length;
  const names = leaving.slice(0, 3).map(({ host }) => host);
  return hdfsFinding({
    rule: hdfsDatanodes.id,
    code: 'storage.hdfs_datanode_down',
    kind: takers === 0 ? 'observed' : 'inferred',
    statement: {
      en: `${plural(leaving.length, 'DataNode')} being decommissioned (${names.join(', ')}), ${takers} left for new blocks`,
      zh: `${leaving.length} 个 DataNode 正在下线（${names.join('、')}），可接收新数据块的只剩 ${takers} 个`,
    },
    at: look.at,
    evidence: leaving.slice(0, 2).map(({ evidence }) => evidence),
    weight: takers === 0 ? 1 : 0.4,
    count: leaving.length,
    values: { decommissioning: leaving.length, inService: takers },
  });
}

function allWell(look: NameNodeSample): boolean {
  return (look.liveDataNodes ?? 0) > 0 && look.deadDataNodes === 0 && look.staleDataNodes === 0;
}

function allLive(look: NameNodeSample): Finding {
  const live = look.liveDataNodes ?? 0;
  return hdfsFinding({
    rule: hdfsDatanodes.id,
    echo: true,
    weight: 0,
    statement: {
      en: `${plural(live, 'DataNode')} reported to the NameNode, none was dead or silent`,
      zh: `${live} 个 DataNode 正常向 NameNode 上报，没有失效或失联的`,
    },
    at: look.at,
    evidence: [look.evidence.live, look.evidence.dead].flatMap((piece) => piece ?? []),
    values: { liveDatanodes: live },
    refutes: [
      {
        code: 'storage.hdfs_datanode_down',
        why: {
          en: 'the NameNode lists every DataNode as live and in contact',
          zh: 'NameNode 显示所有 DataNode 存活且心跳正常',
        },
      },
    ],
  });
}
