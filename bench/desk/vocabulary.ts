/**
 * What people write to a desk, made up: sentences of a support desk in both languages, with names, numbers and places in
 * them, so that words are as unevenly spread as in real mail. The same on every run.
 */
export interface Sentences {
  readonly en: readonly string[];
  readonly zh: readonly string[];
}

type Random = () => number;
type Slots = Readonly<Record<string, (random: Random) => string>>;

const openings: readonly string[] = [
  'Since {day} our {tool} setup gets {status} from {model}.',
  'We see {count} failed requests on {project} since this morning.',
  'The stream of {model} stops after {count} tokens and never says {done}.',
  'Could you please check why the key of {project} was refused?',
  'Our nightly job on {host} has been failing with {code} for {count} hours.',
  'After the upgrade to {tool} {version} every call ends with {code}.',
  'I was charged twice for order {order}, once on {day} and again the day after.',
  'The invoice of {month} shows {count} dollars more than our own books.',
  'Is there a limit on the length of prompts for {model}?',
  'How do I raise the requests per minute of our {project} project?',
  'We plan a launch on {day} and expect {count} requests per second.',
  'Latency of {model} went from {count} to {count} milliseconds.',
  'The dashboard says that {project} is over its budget, which cannot be right.',
];
const middles: readonly string[] = [
  'It worked without any trouble until {day}.',
  'The same prompt succeeds when I send it with curl from {city}.',
  'Nothing was changed on our side except the {tool} version.',
  'In the log of {host} I find {code} about {count} times an hour.',
  'Only requests with tools or with images seem to be affected.',
  'Retrying helps in roughly {count} percent of the cases.',
  '{person} from our team has tried another key and saw the same thing.',
  'Our proxy in {city} does not buffer anything as far as I know.',
  'The response headers carry a request id, which you find below.',
  'Production is not down, but our customers begin to complain.',
  'We have set the timeout to {count} seconds, so it cannot be that.',
  'The documentation says that {code} means the balance is used up, and it is not.',
  'I expected an answer within {count} milliseconds as before.',
  'Temperature and maximum tokens are the defaults of {tool}.',
  'I have attached the configuration file and the output of the last run.',
  'The error does not appear when streaming is switched off.',
  'According to {person} this was promised to us in the contract of {month}.',
  'Please find the steps to reproduce it in the attached file.',
  'We have seen this before, in ticket and mail of {month}, and it went away by itself.',
  'The value of the header was {word} and the one of the body {word}.',
  'Our deployment is called {word} and runs in the region {city}.',
  'I have tried {model} and {model}, with and without caching.',
];
const answers: readonly string[] = [
  'Thank you for the report, we are looking into it.',
  'The request was refused because the group of this key does not contain {model}.',
  'Our records show that the vendor ended the stream after {count} seconds.',
  'You were not charged for any of the calls that failed.',
  'We have raised the limit of {project} to {count} requests per minute.',
  'Could you send us one request id of such a call, please?',
  'The fix is part of version {version} and goes out on {day}.',
  'I have credited {count} dollars to your balance, order {order}.',
  'This was an incident of the vendor, see the status page of {day}.',
  'Please replace the key at once and tell {person} about it.',
];
const closings: readonly string[] = [
  'Thanks in advance and best regards, {person}',
  'Looking forward to your answer.',
  'Please treat this as urgent, our deadline is {day}.',
  'Let me know if you need anything else.',
];
const chinese: readonly string[] = [
  '自{day}起，我们的 {tool} 调用 {model} 时一直返回 {status}。',
  '请帮忙看一下{project}项目的密钥为什么被拒绝。',
  '服务器在{city}，网络没有任何变化，昨天还是正常的。',
  '流式输出在第{count}个字左右中断，没有收到结束标记。',
  '我们的账单比自己统计的多了{count}元，请核对订单 {order}。',
  '升级到 {tool} {version} 之后，所有请求都报错 {code}。',
  '同样的提示词用命令行可以成功，用程序就会超时。',
  '请问{model}的上下文长度限制是多少？',
  '生产环境已经受到影响，很多用户无法使用，请尽快处理。',
  '我们希望把每分钟请求数提高到{count}次。',
  '{person}说合同里写明了响应时间，请确认。',
  '日志里每小时大约出现{count}次连接被重置。',
  '关闭缓存以后问题依旧存在，换了密钥也一样。',
  '附件是配置文件和最近一次运行的完整输出。',
  '非常感谢您的耐心解答，期待回复。',
  '如果需要更多信息，请随时联系我或者{person}。',
  '余额明明充足，却提示额度不足，是不是统计有延迟？',
  '我们计划在{day}上线，预计峰值为每秒{count}次。',
  '感谢反馈，我们已经定位到原因，是上游供应商在{day}的故障。',
  '失败的调用不会计费，已经为您退回{count}元。',
  '请立即更换泄露的密钥，并检查{project}最近的使用记录。',
  '该限制属于分组设置，管理员可以在控制台里调整。',
  '部署名称为{word}，区域是{city}，版本号见附件。',
  '另外，{word}接口返回的字段与文档描述不一致。',
];

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'last week', 'yesterday', 'the weekend'];
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'];
const chineseDays = ['昨天', '前天', '上周五', '周一', '本月初', '国庆节', '今天早上', '凌晨两点', '上个月', '周末'];
const tools = ['Codex', 'Claude Code', 'Continue', 'Cursor', 'opencode', 'Gemini CLI', 'Qwen Code', 'LangChain'];
const models = [
  'gpt-5.1',
  'gpt-5.1-mini',
  'claude-sonnet-4.5',
  'claude-opus-4.1',
  'gemini-2.5-pro',
  'gemini-2.5-flash',
];
const statuses = ['401', '402', '403', '404', '408', '413', '429', '500', '502', '503', '504', '529'];
const codes = ['rate_limited', 'model_not_found', 'insufficient_balance', 'upstream_timeout', 'key_disabled'];
const cities = ['Frankfurt', 'Paris', 'Dublin', 'Ohio', 'Oregon', 'Singapore', 'Tokyo', 'Mumbai', 'Sydney', 'Toronto'];
const chineseCities = [
  '上海',
  '北京',
  '深圳',
  '广州',
  '杭州',
  '成都',
  '武汉',
  '南京',
  '西安',
  '厦门',
  '新加坡',
  '香港',
];
const surnames = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈';
const givenNames = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅鹏飞宇浩欣怡梓涵子轩雨泽俊熙思远文博嘉琪';
const things = '星云海山河桥塔灯船鹰鹤松竹梅兰菊雪霜雷电火石金玉龙凤麒麟虎豹鲸鲨燕雀枫桦柏樟茶酒琴棋书画诗词歌赋';
const syllables =
  'ba be bi bo da de di do fa fe ga go ha he ja jo ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe po ra re ri ro sa se si so ta te ti to va ve wa we ya yo za zu'.split(
    ' ',
  );

const pick = <T>(list: ArrayLike<T>, random: Random): T => {
  // Unevenly: the first are written far more often than the last.
  const found = list[Math.floor(random() ** 2 * list.length)];
  if (found === undefined) throw new Error('There is nothing to pick from.');
  return found;
};
const made = (count: number, random: Random): string =>
  Array.from({ length: count }, () => pick(syllables, random)).join('');
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const number = (random: Random): string => String(Math.floor(2 + 4_000 ** random()));

const shared: Slots = {
  tool: (random) => pick(tools, random),
  model: (random) => pick(models, random),
  status: (random) => pick(statuses, random),
  code: (random) => pick(codes, random),
  count: number,
  done: () => '[DONE]',
  version: (random) => `${Math.floor(random() * 4)}.${Math.floor(random() * 40)}.${Math.floor(random() * 20)}`,
  order: (random) => `ord_${Math.floor(random() * 2 ** 40).toString(36)}`,
  word: (random) => made(3, random),
  host: (random) => `${made(2, random)}-${number(random)}.internal`,
};
const english: Slots = {
  ...shared,
  day: (random) => pick(days, random),
  month: (random) => pick(months, random),
  city: (random) => pick(cities, random),
  person: (random) => `${capital(made(2, random))} ${capital(made(3, random))}`,
  project: (random) => `${made(2, random)}-${pick(['api', 'bot', 'search', 'batch', 'chat', 'agents'], random)}`,
};
const inChinese: Slots = {
  ...shared,
  day: (random) => pick(chineseDays, random),
  city: (random) => pick(chineseCities, random),
  person: (random) => `${pick(surnames, random)}${pick(givenNames, random)}${pick(givenNames, random)}`,
  project: (random) => `${pick(things, random)}${pick(things, random)}`,
};

/** Sentences to make mails of; `count` of each language. */
export function makeSentences(count: number): Sentences {
  const random = randomFrom(20_261_121);
  const fill = (template: string, slots: Slots): string =>
    template.replaceAll(/\{(\w+)\}/g, (whole, slot: string) => slots[slot]?.(random) ?? whole);
  const all = [...openings, ...middles, ...middles, ...answers, ...closings];
  return {
    en: Array.from({ length: count }, (_, index) => fill(all[index % all.length] ?? '', english)),
    zh: Array.from({ length: count }, (_, index) => fill(chinese[index % chinese.length] ?? '', inChinese)),
  };
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
