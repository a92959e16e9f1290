/** What the bot keeps its things in, and how many of it run. */
export interface SetUp {
  name: string;
  store: 'sqlite' | 'postgres';
  replicas: number;
}

/** All that the promise is held in. */
export const SET_UPS: readonly SetUp[] = [
  { name: 'SQLite, one process', store: 'sqlite', replicas: 1 },
  { name: 'PostgreSQL, one process', store: 'postgres', replicas: 1 },
  { name: 'PostgreSQL, two replicas', store: 'postgres', replicas: 2 },
];
