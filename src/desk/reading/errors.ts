import { firstOfEach, matches, type Place, placeOf, type Source } from './source.ts';

export interface StatusFact {
  /** 200 to 599. */
  readonly status: number;
  readonly place: Place;
}

export interface ConnectionErrorFact {
  readonly text: string;
  readonly place: Place;
}

export interface ErrorCodeFact {
  /** A code of the gateway's table. */
  readonly code: string;
  readonly place: Place;
}

const mostMatches = 500;

const reasons =
  'Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Method Not Allowed|Request Timeout|Conflict|Gone|Content Too Large|Payload Too Large|Request Entity Too Large|Unprocessable|Upgrade Required|Too Many Requests|Request Header Fields|Client Closed Request|Internal Server Error|Not Implemented|Bad Gateway|Service Unavailable|Gateway Time-?out|Overloaded';

/** What stands before a number that is a status, in sentences and in what programs print. */
const introductions =
  'status(?:[ _-]?codes?)?|http[ _-]?(?:status|code|error)|error[ _-]?codes?|errors?|codes?|responses?|api error|unexpected status|failed with|fails with|fail with|failing with|returned|returns?|returning|got|gets?|getting|gave|gives?|see|seeing|saw|receiv(?:e|es|ed|ing)|throws?|threw|answer(?:s|ed|ing)?|shows?|showing|says|said|reports?|responds?(?: with)?|hit|hitting|an?|the|with';
/** What is counted: `returned 500 rows` is no status. */
const counted =
  'ms|s|sec|seconds?|min|minutes?|hours?|days?|requests?|calls?|tokens?|usd|dollars?|euros?|eur|cny|rmb|yuan|kb|mb|gb|bytes?|users?|people|persons|times|units?|credits?|keys?|lines?|rows?|characters?|chars|words?|items?|customers?|dev(?:eloper)?s?|seats?|members?|employees|engineers|messages|mails|x|k';
const noCount = String.raw`(?!\d|[.,]\d|\s?%|\s?[-/]\s?\d|\s?(?:${counted})\b|\s?[条次元个人名万千块])`;
/** Numbers that are also quantities. Others of the 400s and 500s are hardly ever anything but a status. */
const knownStatuses = '4(?:0[0-9]|1[0-8]|2[1-9]|31|51|99)|5(?:0[0-9]|1[01]|2[0-9]|30|98|99)';

const forms: readonly RegExp[] = [
  /\bHTTP\/[123](?:\.[01])?"\s([2-5]\d\d)\s/g,
  /\bHTTP(?:\/[123](?:\.[01])?)?[ :]{1,3}([2-5]\d\d)(?![\d.])/g,
  /"(?:status|status_?code|code|http_?status)"\s{0,3}:\s{0,3}"?([2-5]\d\d)(?!\d)/gi,
  new RegExp(
    String.raw`(?<![A-Za-z])(?:${introductions})["'*\x60]{0,3}\s{0,2}(?:of\s|is\s|was\s|:|=|->|=>|#)?\s{0,2}["'*\x60([]{0,3}(${knownStatuses})${noCount}`,
    'gi',
  ),
  new RegExp(String.raw`(?<![\w.-])([45]\d\d)["'*\x60)\]]{0,2}[ :,-]{1,3}\(?(?:${reasons})`, 'gi'),
  new RegExp(
    String.raw`(?<![\w.,-])(${knownStatuses})["'*\x60]{0,2}(?:s\b|\s(?:errors?|responses?|status|failures?)\b)`,
    'gi',
  ),
  new RegExp(
    String.raw`(?:状态码|错误码|状态|错误|报错|报|返回|返回码|提示|出现|收到|显示|响应|是|为|一直)(?:了|的是|是|为|码|错误)?\s{0,2}[:]?\s{0,2}"?(${knownStatuses})${noCount}`,
    'g',
  ),
  new RegExp(String.raw`(?<![\w.,-])(${knownStatuses})\s?(?:错误|报错|状态|异常|响应|超时)`, 'g'),
];

/** HTTP statuses that are spoken of, each once. */
export function readStatuses(source: Source): StatusFact[] {
  const found: StatusFact[] = [];
  for (const form of forms)
    for (const match of matches(form, source.text, mostMatches)) {
      const digits = match[1] ?? '';
      const start = match.index + match[0].lastIndexOf(digits);
      found.push({ status: Number(digits), place: placeOf(source, start, start + digits.length) });
    }
  found.sort((a, b) => a.place.start - b.place.start);
  return firstOfEach(found, ({ status }) => String(status), 20);
}

/** With a `\` before each `_`, as Markdown writes it. Longer names are none of ours. */
const snakeName = /(?<![A-Za-z0-9_])[a-z]{2,30}(?:\\?_[a-z0-9]{1,30}){1,6}(?![A-Za-z0-9_])/gi;
/** A single word is a code only where it is written as one. */
const singleWord = /(?:[Cc]ode["']?\s?[:=]\s?["']?|["'`/#])([a-z]{4,30})(?=["'`\s.,;)}\]]|$)/g;

export function readErrorCodes(source: Source, codes: ReadonlySet<string>): ErrorCodeFact[] {
  const found: ErrorCodeFact[] = [];
  const add = (written: string, start: number) => {
    const code = written.replaceAll('\\', '').toLowerCase();
    if (codes.has(code)) found.push({ code, place: placeOf(source, start, start + written.length) });
  };
  for (const match of matches(snakeName, source.text, 20_000)) add(match[0], match.index);
  for (const match of matches(singleWord, source.text, 20_000)) {
    const word = match[1] ?? '';
    add(word, match.index + match[0].length - word.length);
  }
  found.sort((a, b) => a.place.start - b.place.start);
  return firstOfEach(found, ({ code }) => code, 20);
}

const connectionError =
  /\b(?:ECONN[A-Z]{3,10}|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|UND_ERR_[A-Z_]{3,30}|ERR_(?:SSL|TLS|CERT|CONNECTION|NAME|TIMED)[A-Z_]{0,30}|CERT_[A-Z_]{3,30}|SELF_SIGNED_CERT[A-Z_]{0,20}|UNABLE_TO_[A-Z_]{3,40}|SSLError|APIConnectionError|APITimeoutError|ReadTimeout|ConnectTimeout|ConnectError)\b|\b(?:socket hang up|fetch failed|connection (?:was )?(?:reset|refused|closed|lost|aborted|timed out|error)|(?:read|request|connection|gateway) time(?:d )?-?out|stream (?:disconnected|ended|closed)|certificate (?:has expired|verify failed))\b|(?:连接|请求|网络|读取|响应)(?:超时|被?重置|被?拒绝|失败|中断|断开)|证书(?:过期|错误|无效)/gi;

/** Failures that have no status, because no answer came: as written. */
export function readConnectionErrors(source: Source): ConnectionErrorFact[] {
  const found: ConnectionErrorFact[] = [];
  for (const match of matches(connectionError, source.text, mostMatches))
    found.push({ text: match[0], place: placeOf(source, match.index, match.index + match[0].length) });
  return firstOfEach(found, ({ text }) => text.toLowerCase(), 10);
}
