import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SCENARIOS_FOLDER } from '../scenario/read-scenarios.ts';
import { sharedFolder } from '../shared-folder.ts';
import type { Named } from './ways.ts';

/** A capture with two owners, one who asks and one whose runs are asked for. */
export interface Ground {
  name: string;
  folder: string;
  /** The rules, as an access file has them: `UASKER0001` may read `own` and not `target`; `UTEAM00001` sees everything. */
  access: string;
  own: Named;
  target: Named;
  /** Shaped as the target, and never ran. */
  missing: Named;
  remove(): void;
}

const QUEUES = path.join(SCENARIOS_FOLDER, 'yarn-911-ads-bid-mix', 'capture');
const LONG_TRAIN = {
  id: 'application_1795279000493_0002',
  name: 'ads_long_train',
  user: 'etl',
  queue: 'life',
  host: 'node01',
};
const KILL_ME = {
  id: 'application_1795279000493_0014',
  name: 'ads_bid_mix',
  user: 'etl',
  queue: 'etl',
  host: 'node02',
};
const VMEM = { id: 'application_1795279000493_0013', name: 'dm_shop_load', user: 'etl', queue: 'etl', host: 'node01' };

const TEAM = 'platformTeam: [platform]\ngroups: {platform: [platform_admin]}\n';
const byQueue = (queue: string) =>
  `${TEAM}users: {UASKER0001: {platform: [asker_one], groups: [askers]}, UTEAM00001: {platform: [platform_admin], groups: [platform]}}\nrules: [{who: {group: askers}, sees: {queues: [${queue}]}}]\n`;
const byOwner = (user: string) =>
  `${TEAM}users: {UASKER0001: {platform: [${user}], groups: []}, UTEAM00001: {platform: [platform_admin], groups: [platform]}}\nrules: [{who: everyone, sees: own}]\n`;

/** The grounds that belong to the repository; the third is the recording with its users told apart. */
export function recordedGrounds(): Ground[] {
  const stay = () => undefined;
  const owned = splitOwners(
    QUEUES,
    new Map([
      [LONG_TRAIN.id, 'liang_w'],
      [VMEM.id, 'dm_svc'],
      ['application_1795279000493_0001', 'rpt_svc'],
    ]),
    new Map([
      ['ads_long_train', 'liang_w'],
      ['dm_shop_load', 'dm_svc'],
      ['rpt_monthly_bill', 'rpt_svc'],
    ]),
  );
  return [
    ground('queue life asks for queue etl', QUEUES, byQueue('life'), LONG_TRAIN, KILL_ME, stay),
    ground('queue etl asks for queue life', QUEUES, byQueue('etl'), KILL_ME, LONG_TRAIN, stay),
    ground(
      'liang_w asks for dm_svc',
      owned,
      byOwner('liang_w'),
      { ...LONG_TRAIN, user: 'liang_w' },
      { ...VMEM, user: 'dm_svc' },
      () => rmSync(owned, { recursive: true, force: true }),
    ),
  ];
}

const LTV = {
  id: 'application_1795259698281_0018',
  name: 'user_ltv_whatif',
  user: 'bi',
  queue: 'adhoc',
  host: 'bd-node11',
};
const TRADE = {
  id: 'application_1795259698281_0019',
  name: 'dws_trade_summary',
  user: 'etl',
  queue: 'etl',
  host: 'bd-node12',
};

/** Grounds of the captures that lie outside of the repository; none where they are not there. */
export function sharedGrounds(): Ground[] {
  const shared = sharedFolder();
  const folder = shared === null ? '' : path.join(shared, 'captures', 'yarn-031-user-ltv-preempted-by-etl', 'capture');
  if (folder === '' || !existsSync(folder)) return [];
  const stay = () => undefined;
  return [
    ground('bi asks for etl, who preempted it', folder, byOwner('bi'), LTV, TRADE, stay),
    ground('etl asks for bi, whom it preempted', folder, byOwner('etl'), TRADE, LTV, stay),
  ];
}

function ground(name: string, folder: string, access: string, own: Named, target: Named, remove: () => void): Ground {
  const missing = { ...target, id: target.id.replace(/\d{4}$/, '0777'), name: `${target.name.slice(0, -2)}zq` };
  return { name, folder, access, own, target, missing, remove };
}

/** A copy of a recording in which some applications were run by others: in the answers, in the logs' lines and in their own files. */
function splitOwners(from: string, byId: ReadonlyMap<string, string>, byName: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-access-'));
  cpSync(from, folder, { recursive: true });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = readFileSync(file);
    const packed = file.endsWith('.gz');
    const text = (packed ? gunzipSync(bytes) : bytes).toString('latin1');
    const of = [...byId, ...byName].find(([word]) => file.includes(word))?.[1];
    const put = of === undefined ? perPiece(text, byId) : renamed(text, of);
    if (put !== text) writeFileSync(file, packed ? gzipSync(Buffer.from(put, 'latin1')) : Buffer.from(put, 'latin1'));
    if (of !== undefined && file.includes(`${path.sep}home${path.sep}etl${path.sep}`)) {
      const moved = file.replace(
        `${path.sep}home${path.sep}etl${path.sep}`,
        `${path.sep}home${path.sep}${of}${path.sep}`,
      );
      mkdirSync(path.dirname(moved), { recursive: true });
      renameSync(file, moved);
    }
  }
  return folder;
}

/** Each line, and each application of a list, belongs to the first id in it. */
function perPiece(text: string, owners: ReadonlyMap<string, string>): string {
  return text
    .split(/(?<=\n)|(?=\{"id":"application_)/)
    .map((piece) => {
      const id = /(?:application|container|appattempt)_(\d{13}_\d{4})/.exec(piece)?.[1];
      const owner = owners.get(`application_${id}`);
      return owner === undefined ? piece : renamed(piece, owner);
    })
    .join('');
}

function renamed(text: string, owner: string): string {
  return text.replace(
    /("user(?:Name)?"\s*:\s*"|"User"\s*:\s*"|USER=|user: |\/home\/|\/user\/|usercache\/|user=|for user )etl\b/g,
    `$1${owner}`,
  );
}
