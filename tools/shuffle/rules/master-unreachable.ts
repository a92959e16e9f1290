import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import { isInScope, overlaps, toldByRun, toldByService } from '../in-scope.ts';
import { compareAddresses, masterAddresses } from '../master-addresses.ts';
import { recordEvidence } from '../record-evidence.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';

const RULE = 'shuffle/master-unreachable';

/**
 * A run whose client found no master. Wrong address: no master is where the client was sent, while the masters are well
 * elsewhere. Right address: the masters were down. Its words "Quota exceeds" mean no quota here: the question was never answered.
 */
export const masterUnreachable: ShuffleRule = {
  id: RULE,
  area: 'shuffle',
  codes: ['config.wrong_path_or_endpoint', 'shuffle.remote_service_unavailable'],
  apply(at: ShuffleCase): Finding[] {
    const { facts, scope } = at;
    const none = toldByRun(facts, scope, 'no_master');
    const [first] = none;
    if (!first) return masterDown(at);
    const given = [...new Set(none.flatMap(({ addresses }) => addresses))];
    const known = masterAddresses(facts);
    const compared = compareAddresses(given, known);
    const well = facts.masters.filter(({ answeredAt }) => answeredAt.some((time) => isInScope(time, scope)));
    const isWrong = compared === 'other_port' || compared === 'other_host';
    if (isWrong && (well.length > 0 || compared === 'other_port')) {
      return [wrongAddress(at, given, [...known], compared === 'other_port' && well.length > 0)];
    }
    return [unavailable(at, given, compared === 'right')];
  },
};

function wrongAddress(
  { facts, scope }: ShuffleCase,
  given: readonly string[],
  known: readonly (readonly [string, Evidence | null])[],
  isProven: boolean,
): Finding {
  const asked = given.join(', ');
  const actual = known.map(([address]) => address).join(', ');
  const [endpoints] = toldByRun(facts, scope, 'endpoints');
  const [refused] = toldByRun(facts, scope, 'connect_failed').filter(({ host, port }) =>
    given.includes(`${host}:${port}`),
  );
  const left = fallbackTold({ facts, scope });
  const places = known.flatMap(([, evidence]) => evidence ?? []);
  return shuffleFinding({
    rule: RULE,
    code: 'config.wrong_path_or_endpoint',
    kind: isProven ? 'observed' : 'inferred',
    responsibility: 'user',
    statement: {
      en: `The run was given ${asked} as master of the remote shuffle, where nothing answers; the masters are at ${actual}${left.en}`,
      zh: `作业得到的远程 shuffle master 地址是 ${asked}，那里没有服务；master 实际在 ${actual}${left.zh}`,
    },
    keys: keyOfRun(scope),
    at: endpoints?.at ?? refused?.at ?? null,
    evidence: [
      ...fallbacks({ facts, scope }).slice(0, 1),
      ...(refused ? [recordEvidence(refused.record)] : []),
      ...places.slice(0, 1),
      ...(endpoints ? [recordEvidence(endpoints.record)] : []),
    ],
    // Where a master stands on the very host that was named, the port is the slip; else the right address is only a guess.
    values: { asked, actual, ...(isProven ? { 'spark.celeborn.master.endpoints': actual.replaceAll(', ', ',') } : {}) },
    refutes: [
      ...noQuota(),
      ...(isProven
        ? [
            {
              code: 'shuffle.remote_service_unavailable' as const,
              why: {
                en: `the masters at ${actual} answered throughout`,
                zh: `位于 ${actual} 的 master 一直有应答`,
              },
            },
            {
              code: 'shuffle.remote_service_no_slots' as const,
              why: { en: 'the masters were never asked for slots', zh: '根本没有向 master 申请过槽位' },
            },
            {
              code: 'network.connection_timeout' as const,
              why: {
                en: `nothing listens at ${asked}; the masters are elsewhere`,
                zh: `${asked} 上没有监听者；master 在别处`,
              },
            },
          ]
        : []),
    ],
  });
}

function unavailable({ facts, scope }: ShuffleCase, given: readonly string[], isRight: boolean): Finding {
  const asked = given.join(', ');
  const [refused] = toldByRun(facts, scope, 'connect_failed').filter(({ host, port }) =>
    given.includes(`${host}:${port}`),
  );
  const [first] = toldByRun(facts, scope, 'no_master');
  const proof = downProof({ facts, scope }, given);
  const left = fallbackTold({ facts, scope });
  return shuffleFinding({
    rule: RULE,
    code: 'shuffle.remote_service_unavailable',
    kind: isRight && (proof.length > 0 || refused !== undefined) ? 'observed' : 'inferred',
    weight: isRight ? 1 : 0.6,
    statement: isRight
      ? {
          en: `No master of the remote shuffle answered at ${asked}, its right address: it was down${left.en}`,
          zh: `远程 shuffle 的 master 在其正确地址 ${asked} 没有应答：它已停止${left.zh}`,
        }
      : {
          en: `No master of the remote shuffle answered at ${asked}: it is down, or the address is wrong${left.en}`,
          zh: `${asked} 上没有远程 shuffle 的 master 应答：它已停止，或地址有误${left.zh}`,
        },
    keys: { ...keyOfRun(scope), ...hostOf(given, isRight) },
    at: refused?.at ?? first?.at ?? null,
    evidence: [
      ...fallbacks({ facts, scope }).slice(0, 1),
      ...(first ? [recordEvidence(first.record)] : []),
      ...(refused ? [recordEvidence(refused.record)] : []),
      ...proof.slice(0, 2),
    ],
    values: { asked },
    refutes: noQuota(),
  });
}

/** The host of the only master there is for the run: where several were given, which of them matters is not known. */
function hostOf([address, ...others]: readonly string[], isRight: boolean): Finding['keys'] {
  return isRight && address !== undefined && others.length === 0 ? { host: address.replace(/:\d{1,5}$/, '') } : {};
}

/** What the service itself shows of masters that were down: workers that could not reach them, silences, restarts. */
function downProof({ facts, scope }: ShuffleCase, given: readonly string[]): Evidence[] {
  const byWorkers = toldByService(facts, scope, 'master_unreachable').filter(({ address }) => given.includes(address));
  const silent = facts.silences.filter((one) => one.role === 'master' && overlaps(one, scope));
  const restarted = facts.daemons
    .filter(({ role }) => role === 'master')
    .flatMap(({ restartedAt }) => restartedAt)
    .filter(({ at }) => isInScope(at, scope));
  return [
    ...silent.filter(({ refused }) => refused === true).flatMap(({ evidence }) => evidence.slice(0, 1)),
    ...byWorkers.slice(0, 1).map(({ record }) => recordEvidence(record)),
    ...restarted.slice(0, 1).map(({ evidence }) => evidence),
    ...silent.filter(({ refused }) => refused !== true).flatMap(({ evidence }) => evidence.slice(0, 1)),
  ];
}

/** Masters that were away although no client of the run says so: told for a question about the cluster. */
function masterDown({ facts, scope }: ShuffleCase): Finding[] {
  const silent = facts.silences.filter((one) => one.role === 'master' && overlaps(one, scope));
  const others = facts.masters.filter(({ host }) => !silent.some((one) => one.host === host));
  return silent.map((silence) => {
    const isCovered = others.length > 0 || scope.applicationId !== null;
    return shuffleFinding({
      rule: RULE,
      ...(isCovered ? { echo: true as const } : { code: 'shuffle.remote_service_unavailable' as const }),
      kind: silence.refused === null ? 'inferred' : 'observed',
      statement: {
        en: `Master ${silence.host} of the remote shuffle did not answer${others.length > 0 ? `; ${plural(others.length, 'other')} did` : ''}`,
        zh: `远程 shuffle 的 master ${silence.host} 没有应答${others.length > 0 ? `；另外 ${others.length} 个有应答` : ''}`,
      },
      at: silence.from,
      until: silence.until,
      evidence: [...silence.evidence],
      values: { masterHost: silence.host },
    });
  });
}

function fallbacks({ facts, scope }: ShuffleCase): Evidence[] {
  return toldByRun(facts, scope, 'fell_back').map(({ record }) => recordEvidence(record));
}

function fallbackTold(at: ShuffleCase): { en: string; zh: string } {
  const left = fallbacks(at).length;
  if (left === 0) return { en: '', zh: '' };
  return {
    en: `; ${plural(left, 'shuffle')} of the run silently used Spark's own shuffle`,
    zh: `；该作业有 ${left} 个 shuffle 悄悄改用了 Spark 自带的 shuffle`,
  };
}

function noQuota() {
  return [
    {
      code: 'shuffle.remote_service_quota' as const,
      why: {
        en: 'the question about the quota was never answered: no master was reached',
        zh: '配额查询根本没有得到回答：没有连上任何 master',
      },
    },
  ];
}
