import type { World } from '../world.ts';
import { readUpload } from './read-body.ts';
import type { Answer } from './web-api.ts';

/** Takes the content that `files.getUploadURLExternal` gave an address for (docs.slack.dev/messaging/working-with-files). */
export async function upload(world: World, path: string, contentType: string, body: Buffer): Promise<Answer> {
  const file = world.files.get(path.slice('/upload/'.length));
  if (!file || file.complete) return { status: 404, body: 'no such upload' };
  const content = await readUpload(contentType, body);
  if (content.length !== file.announcedBytes) {
    return { status: 400, body: `length is ${content.length}, announced ${file.announcedBytes}` };
  }
  file.content = content;
  return { status: 200, body: `OK - ${content.length}` };
}
