import path from 'node:path';

/**
 * Folders of this machine that a text may name by accident (the capture's root, mounted logs, the home), none of them so short that
 * it also lies on other machines: `/tmp` in a quoted line is that host's.
 */
export function ownFolders(folders: readonly (string | null | undefined)[]): string[] {
  const resolved = folders.flatMap((folder) => (folder ? [path.resolve(folder), folder] : []));
  return [...new Set(resolved)]
    .map((folder) => folder.replace(/\/+$/, ''))
    .filter((folder) => path.isAbsolute(folder) && folder.split('/').filter(Boolean).length >= 2)
    .sort((a, b) => b.length - a.length);
}

/** The text without these folders: what stands under them is told relative to them. */
export function hidePaths(text: string, folders: readonly string[]): string {
  let hidden = text;
  for (const folder of folders) hidden = hidden.replaceAll(`${folder}/`, '').replaceAll(folder, '…');
  return hidden;
}
