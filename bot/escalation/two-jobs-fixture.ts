import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { investigate } from '../investigation/investigate.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
/** The recorded incidents, which are no part of the repository. */
export const CAPTURES = path.join(SHARED, 'captures');
const DISK = path.join(CAPTURES, 'cache-215-disk-io-errors-remount-ro', 'capture');
/** Tests that need the captures are skipped without them. */
export const HAS_CAPTURES = existsSync(DISK);
export const FIRST_APP = 'application_1700000000000_0125';
export const SECOND_APP = 'application_1700000000000_0126';

/**
 * The capture of a host whose disk fails, its third container given to a second application: only the number of the application is changed,
 * and the folder of its log. The caller removes the folder.
 */
export function twoJobsOfOneHost(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-two-jobs-'));
  cpSync(DISK, folder, { recursive: true });
  const logs = path.join(folder, 'hosts', 'nm-0217b', 'data', 'yarn', 'logs');
  const container = 'container_e12_1700000000000_0125_01_000011';
  const from = path.join(logs, FIRST_APP, container);
  const to = path.join(logs, SECOND_APP, container.replace('_0125_', '_0126_'));
  mkdirSync(to, { recursive: true });
  const text = readFileSync(path.join(from, 'stderr'), 'utf8').replaceAll('1700000000000_0125', '1700000000000_0126');
  writeFileSync(path.join(to, 'stderr'), text);
  rmSync(from, { recursive: true });
  return folder;
}

/** The answer to a question on a capture, without a model. */
export async function askedOf(folder: string, question: string, language: 'en' | 'zh' = 'en'): Promise<Diagnosis> {
  return investigate({ question, platform: await openCapture(folder), language, attachments: [] });
}
