import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Bilingual } from '../../../knowledge/bilingual.ts';
import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';
import { bytes } from '../../../tools/evidence/spoken-figures.ts';
import type { IncomingFile } from '../../cases/inbox/incoming.ts';
import { visibleText } from '../../render/visible-text.ts';
import type { AttachedFile, UnreadFile } from './attached-file.ts';
import { type Downloaded, type DownloadTools, downloadFile } from './download-file.ts';
import { type FileLook, lookIntoFile } from './look-into-file.ts';

/** Kinds in Slack's own naming (`filetype`) that hold no text that can be read here. */
const UNREADABLE =
  /^(?:png|jpe?g|gif|bmp|tiff?|webp|heic|svg|psd|ico|mp[34]|m4[av]|mov|avi|mkv|webm|wav|ogg|flac|pdf|docx?|xlsx?|pptx?|gdoc|gsheet|gpres|gdraw|key|numbers|pages|odt|ods|odp|zip|7z|rar|jar|class|exe|dmg|iso)$/i;
const PICTURE = /^(?:png|jpe?g|gif|bmp|tiff?|webp|heic)$/i;

/**
 * Fetches a file that came with a message (`completeFile`) into a folder and looks into it.
 *
 * @param folder of one question (`FileRoom.open`), removed once it is answered
 * @throws the signal's reason; everything else that goes wrong is a `problem` that names the file
 */
export async function fetchFile(
  file: IncomingFile,
  folder: string,
  tools: DownloadTools,
): Promise<AttachedFile | UnreadFile> {
  const name = shownName(file.name);
  if (UNREADABLE.test(file.type))
    return { problem: PICTURE.test(file.type) ? pictureProblem(name) : binaryProblem(name) };
  if (file.url === '') return { problem: downloadProblem(name, 'not_allowed', tools.maxBytes) };
  if (file.bytes > tools.maxBytes) return { problem: downloadProblem(name, 'too_large', tools.maxBytes) };
  const raw = path.join(folder, `${/^F\w{1,40}$/.test(file.id) ? file.id : 'F'}.part`);
  try {
    const downloaded = await downloadFile(file.url, raw, /^x?html$/i.test(file.type), tools);
    if (downloaded !== 'whole') return { problem: downloadProblem(name, downloaded, tools.maxBytes) };
    const look = await lookIntoFile(raw, name, tools.signal);
    if (!('told' in look)) return { problem: lookProblem(name, look.is) };
    const kept = path.join(folder, `${path.basename(raw, '.part')}-${diskName(file.name, look.packing)}`);
    await rename(raw, kept);
    return { kind: look.is, name, path: kept, told: look.told };
  } finally {
    await rm(raw, { force: true });
  }
}

/** A file's name for people: it is written by a person, and may be anything. */
function shownName(name: string): string {
  const shown = visibleText(maskSecrets(name.slice(0, 400)))
    .replace(/\s+/g, ' ')
    .trim();
  if (shown === '') return 'file';
  return shown.length <= 80 ? shown : `${[...shown].slice(0, 60).join('')}…${[...shown].slice(-15).join('')}`;
}

/** A harmless name on disk, whose ending tells the packing as its readers expect it. */
function diskName(name: string, packing: 'none' | 'gzip' | 'zstd' | 'other'): string {
  const plain = name
    .replace(/\.(?:gz|gzip|zst|zstd)$/i, '')
    .replace(/[^\p{L}\p{N}._-]/gu, '_')
    .replace(/^[._]+/, '')
    .slice(-60);
  const ending = packing === 'gzip' ? '.gz' : packing === 'zstd' ? '.zst' : '';
  return `${plain === '' ? 'file' : plain}${ending}`;
}

function downloadProblem(name: string, how: Exclude<Downloaded, 'whole'>, maxBytes: number): Bilingual {
  switch (how) {
    case 'too_large':
      return {
        en: `${name} is larger than ${bytes(maxBytes)}, which is the limit here; attach the part around the failure`,
        zh: `${name} 超过了这里的上限 ${bytes(maxBytes)}；请只附上故障前后的部分`,
      };
    case 'not_allowed':
      return {
        en: `${name} was not read: the bot may not read files here (its scope files:read is missing); paste the lines instead`,
        zh: `未读取 ${name}：机器人没有读取文件的权限（缺少 files:read 权限范围）；请直接粘贴相关日志`,
      };
    case 'gone':
      return { en: `${name} is not there any more`, zh: `${name} 已不存在` };
    case 'elsewhere':
      return {
        en: `${name} does not lie with Slack itself, and files from elsewhere are not fetched; upload it here`,
        zh: `${name} 不在 Slack 上，外部文件不会被下载；请直接上传到这里`,
      };
    case 'failed':
      return {
        en: `Slack did not give ${name} after several attempts; attach it again or paste the lines`,
        zh: `多次尝试后仍无法从 Slack 取得 ${name}；请重新上传或直接粘贴相关日志`,
      };
  }
}

function lookProblem(name: string, is: Exclude<FileLook['is'], AttachedFile['kind']>): Bilingual {
  if (is === 'empty') return { en: `${name} is empty`, zh: `${name} 是空文件` };
  if (is === 'binary') return binaryProblem(name);
  if (is === 'damaged') {
    return {
      en: `${name} is packed, but nothing in it can be unpacked`,
      zh: `${name} 是压缩文件，但无法解压出任何内容`,
    };
  }
  return {
    en: `${name} is packed in a way that is read for event logs only, and it is none; attach it plain or as .gz`,
    zh: `${name} 的压缩格式仅支持事件日志，而它不是事件日志；请解压后或以 .gz 格式上传`,
  };
}

function binaryProblem(name: string): Bilingual {
  return {
    en: `${name} was not read: it is a binary file; text, logs (also .gz, .zst) and Spark event logs are read`,
    zh: `未读取 ${name}：这是二进制文件；可读取文本、日志（含 .gz、.zst）和 Spark 事件日志`,
  };
}

function pictureProblem(name: string): Bilingual {
  return {
    en: `${name} was not read: it is a picture; paste the lines it shows as text`,
    zh: `未读取 ${name}：这是图片；请把其中的内容以文本形式粘贴`,
  };
}
