/** Folders of containers, pods and applications: whatever lies there, a user's program may have written it. */
const USER_PLACES =
  /(?:^|[/_-])(?:container_(?:e\d{1,6}_)?\d{10,16}_|application_\d{10,16}_\d|app-\d{14}-\d{4}|driver-\d{14}-\d{4})|\/(?:pods|containers)\/|\/(?:stdout|stderr)(?:\.[a-z]{1,8})?$|\/usercache\//;

/**
 * True when a file lies where user programs write. Kernel lines in such a file prove nothing about the kernel, and a `df`
 * printed there nothing about the disks.
 */
export function isWrittenByUsers(path: string): boolean {
  return USER_PLACES.test(path.length > 4096 ? path.slice(0, 4096) : path);
}
