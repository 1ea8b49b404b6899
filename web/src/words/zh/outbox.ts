import type { outbox as english } from '../en/outbox.ts';
import type { WordsOf } from '../index.ts';

export const outbox = {
  back: '全部邮件',
  closed: '此处不显示邮件',
  closedText: '只有未配置邮件中继的站点才会显示邮件，而且只能在站点所在的机器上查看。',
  description:
    '尚未配置邮件中继，邮件不会发出，而是保存在这里。仅本机可以查看，配置中继后不再显示，参见 LODGE_MAIL_RELAY。',
  empty: '还没有邮件',
  emptyText: '注册账户或重置密码后，邮件会自动出现在这里。',
  frame: '收件人看到的邮件',
  from: '收件人：{recipient}',
  leaves: '发出时间',
  list: '邮件（最新的在前）',
  open: '打开邮件中的链接',
  signIn: '前往登录',
  title: '内置发件箱',
  views: { label: '显示方式', html: '邮件原样', text: '纯文本' },
} satisfies WordsOf<typeof english>;
