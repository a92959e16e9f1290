import type { Platform, PlatformFile } from '../platform/platform.ts';
import { noteUnread } from '../platform/unread-files.ts';
import type { LogClass } from './classify-log.ts';
import { classifyFile } from './read-log.ts';
import { sideBySide } from './side-by-side.ts';

/** A file and what it is; `unreadable` when its bytes could not be had (no right, gone, damaged). */
export interface SurveyedFile {
  file: PlatformFile;
  as: LogClass | { is: 'unreadable' };
}

const FILES_AT_A_TIME = 16;
/** More files than this are not looked into: a platform of that size is asked about named applications and hosts. */
const MAX_SURVEYED_FILES = 20_000;
const surveys = new WeakMap<Platform, Promise<SurveyedFile[]>>();

/** What every file of a platform is, looked at once; kernel files, named so by the layout alone, are not opened. */
export function surveyLogs(platform: Platform): Promise<SurveyedFile[]> {
  let survey = surveys.get(platform);
  if (survey === undefined) {
    survey = lookAt(platform);
    surveys.set(platform, survey);
    survey.catch(() => surveys.delete(platform));
  }
  return survey;
}

async function lookAt(platform: Platform): Promise<SurveyedFile[]> {
  const { files } = await platform.files();
  const candidates = files.filter((file) => file.origin === 'host' || file.origin === 'hdfs');
  return sideBySide(candidates.slice(0, MAX_SURVEYED_FILES), FILES_AT_A_TIME, async (file) => {
    if (/^\/(?:proc|sys)\//.test(file.path)) return { file, as: { is: 'no_log', what: 'counters' } as const };
    try {
      return { file, as: (await classifyFile(file)).as };
    } catch (error) {
      noteUnread(file, error);
      return { file, as: { is: 'unreadable' } as const };
    }
  });
}
