/** `<application>-<shuffle>`, as Celeborn names a shuffle (0.3 to 0.7); null for what is none. */
export function parseShuffleKey(key: string): { applicationId: string; shuffleId: number } | null {
  const found = /^(?<application>[\w-]{1,200})-(?<shuffle>\d{1,9})$/.exec(key.trim());
  if (!found?.groups?.application) return null;
  return { applicationId: found.groups.application, shuffleId: Number(found.groups.shuffle) };
}

/**
 * Whether an application id of Celeborn means the run asked about. On YARN the client puts the attempt behind the id
 * (`application_…_0042_1`, `SparkUtils.appUniqueId`); newer ones may put a random UUID there.
 */
export function isOfRun(own: string | null, applicationId: string): boolean {
  if (own === null) return false;
  if (own === applicationId) return true;
  return (
    own.startsWith(applicationId) &&
    /^[_-](?:\d{1,4}|[0-9a-f]{8,32}|[0-9a-f-]{36})$/.test(own.slice(applicationId.length))
  );
}
