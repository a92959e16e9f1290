/** Resources in the units the rest of the house uses. */
export interface Resources {
  memoryBytes: number;
  vcores: number;
}
