/**
 * Radicals of U+2E80–2EF3 and the characters they are taken for, two by two. From Unicode's
 * EquivalentUnifiedIdeograph; where that names a character outside the basic plane, the everyday one of the same root.
 */
const SUPPLEMENT = new Map(
  pairs(
    '⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳㓁⺴㓁⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟',
  ),
);

/**
 * Puts ordinary characters for the look-alike radicals that PDFs give back (⼿册 → 手册, 第三⻚ → 第三页): the fonts of some
 * producers share one glyph between both, and a search for the ordinary one would miss. Only the radicals are changed;
 * NFKC on everything would also turn ， into a comma.
 */
export function plainRadicals(text: string): string {
  return text
    .replace(/[\u2f00-\u2fd5]/g, (radical) => radical.normalize('NFKC'))
    .replace(/[\u2e80-\u2ef3]/g, (radical) => SUPPLEMENT.get(radical) ?? radical);
}

function* pairs(text: string): Generator<[string, string]> {
  for (let at = 0; at + 1 < text.length; at += 2) yield [text[at] ?? '', text[at + 1] ?? ''];
}
