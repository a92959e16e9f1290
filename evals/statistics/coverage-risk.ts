/** How sure an answer said it was; null: it abstained. */
export interface Answered {
  confidence: number | null;
  right: boolean;
}

/** What one gets by heeding only answers at least so sure. */
export interface CoverageRiskPoint {
  confidence: number;
  /** Answers heeded. */
  heeded: number;
  /** Their share of all questions, abstentions included. */
  coverage: number;
  /** The share of wrong ones among them. */
  risk: number;
}

/** The coverage–risk curve (R. El-Yaniv, Y. Wiener, JMLR 11, 2010), surest first: one point for each confidence that was said. */
export function coverageRisk(answers: readonly Answered[]): CoverageRiskPoint[] {
  const said = [...new Set(answers.flatMap(({ confidence }) => confidence ?? []))].sort((a, b) => b - a);
  return said.map((least) => {
    const heeded = answers.filter(({ confidence }) => confidence !== null && confidence >= least);
    const wrong = heeded.filter(({ right }) => !right).length;
    return {
      confidence: least,
      heeded: heeded.length,
      coverage: heeded.length / answers.length,
      risk: wrong / heeded.length,
    };
  });
}
