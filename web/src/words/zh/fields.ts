import type { fields as english } from '../en/fields.ts';
import type { WordsOf } from '../index.ts';

export const fields = {
  addressNeeded: '请输入地址，例如 https://api.example.com。',
  addressOwn: '这已经是您的邮箱。',
  addressTyped: '与您账户的邮箱不一致。',
  amount: '请输入金额，例如 12.5。',
  choose: '请至少选择一项。',
  email: '请输入有效的邮箱地址，例如 name@example.com。',
  future: '请选择将来的时间。',
  later: '结束时间必须晚于开始时间。',
  long: '最多 {count} 个字符。',
  missing: '此项必填。',
  oneLine: '只能是单行文字，且不含特殊字符。',
  organization: '这不是您的组织。',
  passwordCommon: '很多人使用这个密码，最容易被猜到。请用几个互不相关的词组成密码。',
  passwordNeeded: '请输入当前密码。',
  passwordOwn: '密码不能由您的邮箱、姓名或本站名称构成。',
  passwordSame: '请换一个与当前密码不同的密码。',
  passwordWrong: '与您的当前密码不符。',
  reason: '请说明原因。',
  short: '至少 {count} 个字符。',
  tooLong: '内容过长。',
  wordsNeeded: '请至少填写一种语言。',
  zone: '请选择时区，例如 Asia/Shanghai。',
} satisfies WordsOf<typeof english>;
