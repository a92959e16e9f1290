/** The clause suspects: it asks, guesses, blames or asks for a remedy that implies a cause. */
export const SUSPECTS =
  /\b(?:maybe|perhaps|probably|possibly|i (?:think|believe|guess|suspect|assume|bet)|we (?:think|believe|guess|suspect|assume)|looks? like|seems?|sounds? like|must be|could (?:it )?be|might be|is it|was it|are we|blame\w*|due to|caused? by|because of|again|broken|flaky|please|pls|should (?:we|i)|can (?:we|you|i)|just (?:boost|raise|give|increase)|needs?|boost|switch off|turn off|disable|raise|increase|enlarge|extend)\b|怀疑|可能|应该是|估计|感觉|觉得|大概是|难道|导致|引起|造成|原因|因为|求|帮忙?(?:调|加|扩|关)|麻烦(?:调|加|扩|关)|能不能(?:调|加|扩|关)|又/i;

/** The clause denies: outside the named thing itself it says no, or that all is well. */
export const DENIES =
  /\b(?:no|not|never|none|without|cannot|can'?t|isn'?t|wasn'?t|aren'?t|weren'?t|doesn'?t|didn'?t|don'?t|nothing|nobody|neither|nor|unlikely|rule[sd]? out|far below|below its|plenty|fine|healthy|normal|normal-ish|idle|okay|green|only \d+ ?%|only half|half used|still had|is free|free slots)\b|\bfree\b(?=.{0,6}$)|\d+ ?[GMT]i?B? (?:of )?free|\bfree\b.{0,10}\d|没(?!准)|(?<!是)不是(?!吗)|不会是?(?!.{0,12}吧)|并非|(?<!是不)正常|空闲|空着|很低|健康|无关/i;

/** Negations that ask: `isn't it GC?`, `不会是网络吧`. */
export const ASKING_NEGATION =
  /^\s*(?:isn'?t|wasn'?t|aren'?t|couldn'?t|can'?t) (?:it|this|that|the|we)\b|is it not\b|why (?:not|no)\b|不会是?.{0,20}吧|不是.{0,20}吗|难道不是/i;
