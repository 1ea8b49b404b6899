import { firstOfEach, matches, type Place, placeOf, type Source } from './source.ts';

export type ImpactKind = 'production' | 'everyone' | 'blocked' | 'deadline' | 'money';

/** A sentence that says what the trouble does to the customer's business. */
export interface ImpactFact {
  readonly kind: ImpactKind;
  /** At most 300 characters. */
  readonly sentence: string;
  readonly place: Place;
}

const impacts: readonly (readonly [ImpactKind, RegExp])[] = [
  [
    'production',
    /\bprod(?:uction)?[ -](?:is |are |has been |system is |environment is |service is |api is )?(?:completely |entirely |currently |still |fully )?(?:down|impact(?:ed|ing)?|outage|affected|broken|blocked|stopped|failing|incident|halted|issue|problem|emergency)|\b(?:down|outage|failing|broken|fails?|impact(?:ing|s)?|affect(?:ing|s)?) (?:in |our |on )?(?:our |the |live )?prod(?:uction)?\b|\bproduction[ -]impact(?:ing)?|\b(?:everything|(?:the |our )?(?:whole |entire )?(?:api|site|service|platform|app|application|system)) (?:is|are|has been|went) (?:all |completely |totally )?down\b|\bservice is (?:completely )?(?:down|unavailable)|\bcomplete(?:ly)? (?:outage|down)\b|\btotal outage\b|\bsev(?:erity)?[ -]?[01]\b|\bP0\b/gi,
  ],
  [
    'production',
    /(?:生产|线上|正式)(?:环境|系统|服务|业务)?(?:[^\n。!?]{0,8})?(?:全部|完全|已经?|都|正)?(?:[^\n。!?]{0,4})?(?:宕机|挂了|中断|不可用|瘫痪|受影响|故障|停了|无法使用|报错|崩溃|出问题)|影响(?:了|到)?(?:我们)?(?:的)?(?:生产|线上)|业务(?:全部|完全|已经?)?(?:中断|停摆|瘫痪|受阻)/g,
  ],
  [
    'everyone',
    /\b(?:all|every one|none) (?:of )?our (?:users|customers|clients|team|developers|engineers|employees|staff)\b|\b(?:all|every) (?:our |the )?(?:users?|customers?|clients?|developers?|engineers?|employees|requests?|calls?)(?: is| are| has| have| now)? (?:affected|failing|fail|fails|blocked|down|impacted|broken|complaining|getting|see|seeing|unable|cannot|can't|rejected)|\b(?:our )?(?:whole|entire) (?:team|company|organi[sz]ation|department|office)\b|\b(?:our )?(?:customers|users|clients) (?:are|is) (?:all )?(?:affected|complaining|impacted|unable|blocked)|\b(?:nobody|no one) (?:can|is able)/gi,
  ],
  [
    'everyone',
    /(?:所有|全部|全体|大量|很多)(?:的)?(?:用户|客户|请求|同事|员工|团队|开发者?|人)(?:[^\n。!?]{0,6})?(?:都|均|无法|不能|受影响|失败|报错|投诉)|(?:整个|全)(?:公司|团队|部门|组)(?:[^\n。!?]{0,8})?(?:都|无法|不能|用不了|受影响)|客户(?:在|一直|都在?)?投诉/g,
  ],
  [
    'blocked',
    /\b(?:we|i|team|work|development|release|deployment|deploy|launch|rollout)(?:'re| are| is|'m| am)? (?:completely |currently |totally |now |being |fully )?(?:blocked|stuck|at a standstill)\b|\bblock(?:s|ing|er for) (?:us|our|the|me|my)\b|\bblocker\b|\bcan(?:not|'t| not) (?:work|ship|release|deploy|continue)\b|\bshow[ -]?stopper\b/gi,
  ],
  [
    'blocked',
    /(?:工作|开发|项目|上线|发布|业务|进度)(?:[^\n。!?]{0,4})?(?:被?卡住|受阻|阻塞|停滞|停摆)|(?:无法|不能)(?:继续)?(?:工作|上线|发布|开展)|卡住了/g,
  ],
  [
    'deadline',
    /\bdeadlines?\b|\b(?:launch(?:ing)?|go(?:ing)?[ -]live|demo|release|presentation|migration) (?:is |is on |on |planned |scheduled |for |due )*(?:today|tomorrow|tonight|this week|next week|monday|tuesday|wednesday|thursday|friday|saturday|sunday|in \d+ (?:hours?|days?)|on \w+ \d+)\b|\bas soon as possible\b|\basap\b|\burgent(?:ly)?\b/gi,
  ],
  [
    'deadline',
    /(?:今天|今晚|明天|后天|本周|这周|下周|周[一二三四五六日末]|月底)(?:[^\n。!?]{0,6})?(?:上线|发布|演示|交付|截止|验收)|截止(?:日期|时间)|紧急|加急|尽快/g,
  ],
  [
    'money',
    /\b(?:losing|lost|loses?|cost(?:s|ing) us) (?:about |around |over |up to )?(?:money|revenue|sales|customers|business|[$€£¥]\s?\d|\d+\s?(?:usd|dollars?|eur|euros?|k\b))/gi,
  ],
  ['money', /(?:损失|亏损)(?:了|惨重|严重|约|超过|达)?/g],
];

/** Said of what is not the case. */
const negated =
  /\b(?:no|not|non|without|isn't|aren't|doesn't|don't|didn't|never|nothing)\s(?:\w+\s){0,2}$|\b(?:non|pre)-?$|(?:没有|没|不会?|并未|未|无|不是|并不)(?:影响|对|造成|很|太|那么|算)?.{0,2}$/i;

/** Sentences of business impact, each kind once. What is denied does not count. */
export function readImpact(source: Source): ImpactFact[] {
  const found: ImpactFact[] = [];
  for (const [kind, pattern] of impacts)
    for (const match of matches(pattern, source.text, 50)) {
      const start = match.index;
      if (negated.test(source.text.slice(Math.max(0, start - 24), start))) continue;
      const end = start + match[0].length;
      found.push({ kind, sentence: sentenceAround(source.text, start, end), place: placeOf(source, start, end) });
      break;
    }
  return firstOfEach(
    found.sort((a, b) => a.place.start - b.place.start),
    ({ kind }) => kind,
    5,
  );
}

const expectations = [
  /\b(?:I|we)(?:'d| would)? expect(?:ed|s)?\b|\bexpected(?: (?:behaviou?r|result|output|answer|response))?\s?:|\bexpected\b[^\n.]{1,200}\b(?:but|got|instead|actual)|\binstead of\b|\bbut (?:I |we )?(?:got|get|received?|saw|see)\b|\bshould (?:just |simply |still |also |have |be |not ){0,2}(?:return|work|give|answer|succeed|get|been|see)|\bactual(?: (?:behaviou?r|result|output))?\s?:/gi,
  /(?:期望|预期|希望(?:得到|返回|看到)|本来应该|本应|应该(?:是|返回|得到|能|可以|成功)|按理)|(?:实际|结果)(?:上|却|结果)?(?:是|返回|得到|报|收到|为|:)|而不是|却(?:返回|报|得到|收到|是)/g,
];
const incidents = [
  /\b(?:is|are) (?:there|you|the (?:api|service|gateway|site|system)s?)(?: currently)? (?:an? )?(?:outage|incident|down|having (?:an? )?(?:issues?|problems?|outage|incident))|\b(?:outage|incident)\b[^\n.?!]{0,60}\?|\bsuspect(?:ed|ing)? an? (?:ongoing )?(?:incident|outage)|\bstatus page\b|\b(?:api|service|gateway) (?:seems|appears|looks) (?:to be )?(?:down|unavailable)|\bongoing (?:incident|outage)/gi,
  /(?:是不是|是否|有没有|怎么|又)(?:[^\n。!?]{0,8})?(?:宕机|故障|挂了|服务中断|异常)|状态页|大面积(?:故障|报错|失败)|(?:服务|接口|平台)(?:好像|似乎|是不是|是否)?(?:挂了|宕机)/g,
];
const charges = [
  /\b(?:double|over|wrongly |incorrectly )?-?charged\b|\bcharged? (?:me |us )?(?:twice|again|for|too)|\brefund|\b(?:paid|payment|top-?up|topped up|transfer|credit)s?\b[^\n.?!]{0,80}\b(?:not|never|missing|fail(?:ed)?|declined|didn't|hasn't|haven't|twice|wrong)|\b(?:missing|failed|declined|duplicate|wrong|unexpected) (?:payment|charge|top-?up|invoice|credit|amount|bill)/gi,
  /(?:扣费|扣款|多扣|重复扣|退款|退费|少了|扣错)|(?:充值|付款|支付|转账)(?:[^\n。!?]{0,20})?(?:没有?到|未到|不到账|失败|没到账|未成功|重复)/g,
];

/** A line of what was expected and what came instead. */
export function readExpectation(source: Source): Place | null {
  return firstPlace(source, expectations);
}

/** A question whether something is the matter on our side: it needs no request id. */
export function readIncidentQuestion(source: Source): Place | null {
  return firstPlace(source, incidents);
}

/** A charge or payment that is in question. */
export function readChargeQuestion(source: Source): Place | null {
  return firstPlace(source, charges);
}

function firstPlace(source: Source, patterns: readonly RegExp[]): Place | null {
  for (const pattern of patterns)
    for (const match of matches(pattern, source.text, 1))
      return placeOf(source, match.index, match.index + match[0].length);
  return null;
}

/** The sentence around a place, on its line and those that it was wrapped into. */
function sentenceAround(text: string, start: number, end: number): string {
  const left = text.slice(Math.max(0, start - 140), start);
  const right = text.slice(end, end + 140);
  const from = Math.max(
    ...[...left.matchAll(/[.!?;](?=\s)|[。;]|\n\s*\n/g)].map((match) => match.index + match[0].length),
    0,
  );
  const to = right.search(/[.!?;](?=\s|$)|[。!?;]|\n\s*\n/);
  const whole = left.slice(from) + text.slice(start, end) + (to === -1 ? right : right.slice(0, to + 1));
  return whole
    .replace(/\s*\n[ \t]*(?:>[ \t]?)*/g, ' ')
    .trim()
    .slice(0, 300);
}
