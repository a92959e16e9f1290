/** A disk that an incident needs: a file system of its own in a file of the lab, mounted on a host. */
export interface LabDisk {
  host: string;
  /** Where it is mounted on the host: `/srv/hdfs/dn`. */
  path: string;
  mebibytes: number;
}
