import type { MailFacts, SecurityFacts } from '../kinds.ts';
import type { Letter, MailWords } from '../letter.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** "2026年11月21日 04:54（UTC）" */
function moment(atMs: number): string {
  const at = new Date(atMs);
  const day = `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}（UTC）`;
}

const hello = (name: string): string => (name === '' ? '您好：' : `${name}，您好：`);

const plain: Omit<Letter, 'subject' | 'heading'> = {
  greeting: null,
  paragraphs: [],
  details: [],
  action: null,
  notes: [],
  alarm: null,
};

const methods: Readonly<Record<string, string>> = {
  password: '密码',
  passkey: '通行密钥',
  oidc: '单点登录',
};

const roleNames: Readonly<Record<string, string>> = {
  owner: '所有者',
  admin: '管理员',
  billing: '财务',
  developer: '开发者',
  viewer: '只读成员',
};

function security(facts: SecurityFacts, more: Letter['details'] = []): Letter['details'] {
  const { atMs, device, ipAddress } = facts;
  return [
    ...more,
    ['时间', moment(atMs)],
    ...(device === null ? [] : [['设备', device] as const]),
    ...(ipAddress === null ? [] : [['IP 地址', ipAddress] as const]),
  ];
}

const alarm = (facts: SecurityFacts, label = '请立即保护您的账户'): Letter['alarm'] => ({
  text: '不是您本人操作？',
  label,
  link: facts.link,
});

const pressing: Readonly<Record<MailFacts['ticket-pressing']['what'], string>> = {
  opened: '需要立即处理',
  half: '的响应时限已用去一半',
  most: '的响应时限已用去 80%',
  breached: '已超过响应时限',
};

const keySeen: Readonly<Record<MailFacts['key-reported']['seen'], string>> = {
  mail: '您的一个完整密钥出现在发给客服的邮件中。我们在存储邮件之前已将其移除，但邮件会经过许多环节。',
  form: '有人发现了您的一个完整密钥，并报告给了我们。',
  partner: '一家在公开场所查找密钥的服务发现了您的一个完整密钥，并报告给了我们。',
};

function keyDone({ done, disableAtMs }: MailFacts['key-reported']): string {
  if (done === 'disabled') return '按照您所在组织的规则，该密钥已立即停用。请创建新密钥并替换它。';
  if (disableAtMs !== null)
    return `按照您所在组织的规则，该密钥将于 ${moment(disableAtMs)} 停用。请在此之前创建新密钥并替换它。`;
  return '按照您所在组织的规则，该密钥仍可使用：任何拥有它的人都能以您的名义消费。请尽快停用它。';
}

const usedOnce = (expiresAtMs: number): string => `链接仅可使用一次，有效期至 ${moment(expiresAtMs)}。`;

export const zh: MailWords = {
  htmlLang: 'zh-CN',
  bareLink: '如果按钮无法点击，请将以下地址复制到浏览器中打开：',
  colon: '：',
  gap: '',
  foot: (site) => `此邮件由 ${site.name} 发送。如有疑问，请写信至 ${site.supportAddress}。`,
  letters: {
    'verify-email': ({ name, link, expiresAtMs }, site) => ({
      ...plain,
      subject: `请验证您的 ${site.name} 邮箱地址`,
      heading: '验证您的邮箱地址',
      greeting: hello(name),
      paragraphs: [`欢迎使用 ${site.name}。请确认这个邮箱属于您，验证后即可使用账户。`],
      action: { label: '验证邮箱', link },
      notes: [usedOnce(expiresAtMs), '如果您没有注册，请忽略这封邮件：没有上面的链接，任何人都无法使用这个邮箱。'],
    }),
    'already-registered': ({ name, signInLink, resetLink }, site) => ({
      ...plain,
      subject: `您已经拥有 ${site.name} 账户`,
      heading: '您已经拥有账户',
      greeting: hello(name),
      paragraphs: [`有人（很可能是您本人）试图用这个邮箱注册 ${site.name}。该邮箱已有账户，因此没有任何更改。`],
      action: { label: '登录', link: signInLink },
      alarm: { text: '忘记密码了？', label: '设置新密码', link: resetLink },
      notes: ['如果不是您本人操作，也无需处理：对方没有得到关于您账户的任何信息。'],
    }),
    'reset-password': ({ name, link, expiresAtMs }, site) => ({
      ...plain,
      subject: `重设您的 ${site.name} 密码`,
      heading: '设置新密码',
      greeting: hello(name),
      paragraphs: [`您申请为 ${site.name} 账户设置新密码。`],
      action: { label: '设置新密码', link },
      notes: [
        usedOnce(expiresAtMs),
        '如果不是您申请的，请忽略这封邮件，您的密码不会改变。',
        '请勿把链接转给任何人：得到链接的人可以接管您的账户。我们绝不会向您索要它。',
      ],
    }),
    'verify-new-email': ({ name, link, expiresAtMs }, site) => ({
      ...plain,
      subject: `请验证您的 ${site.name} 新邮箱`,
      heading: '验证您的新邮箱',
      greeting: hello(name),
      paragraphs: [`您希望将这个邮箱用于 ${site.name} 账户。在验证之前，原邮箱继续有效。`],
      action: { label: '验证新邮箱', link },
      notes: [usedOnce(expiresAtMs), '如果不是您申请的，请忽略这封邮件，不会有任何更改。'],
    }),
    'email-changed': (facts, site) => ({
      ...plain,
      subject: `您的 ${site.name} 账户邮箱已更改`,
      heading: '您的账户邮箱已更改',
      greeting: hello(facts.name),
      paragraphs: [`您的 ${site.name} 账户现在使用另一个邮箱。这是发往原邮箱的最后一封邮件。`],
      details: security(facts, [['新邮箱', facts.newEmail]]),
      alarm: alarm(facts),
    }),
    'password-changed': (facts, site) => ({
      ...plain,
      subject: `您的 ${site.name} 密码已更改`,
      heading: '您的密码已更改',
      greeting: hello(facts.name),
      paragraphs: [`您的 ${site.name} 账户密码已被更改。`],
      details: security(facts),
      alarm: alarm(facts),
    }),
    'new-device': (facts, site) => ({
      ...plain,
      subject: `${site.name} 新设备登录提醒`,
      heading: '您的账户在新设备上登录',
      greeting: hello(facts.name),
      paragraphs: [`您的 ${site.name} 账户在一台此前未见过的设备上登录。`],
      details: security(facts, [['登录方式', methods[facts.method] ?? facts.method]]),
      alarm: alarm(facts),
      notes: ['如果是您本人操作，则无需处理。'],
    }),
    'two-factor-changed': (facts, site) => ({
      ...plain,
      subject: `您的 ${site.name} 账户已${facts.enabled ? '开启' : '关闭'}两步验证`,
      heading: facts.enabled ? '两步验证已开启' : '两步验证已关闭',
      greeting: hello(facts.name),
      paragraphs: [
        facts.enabled
          ? `今后用密码登录 ${site.name} 时，还需要输入验证器应用中的验证码。请妥善保存您的恢复码。`
          : `今后仅凭密码即可登录您的 ${site.name} 账户。`,
      ],
      details: security(facts),
      alarm: alarm(facts),
    }),
    'passkey-changed': (facts, site) => ({
      ...plain,
      subject: `您的 ${site.name} 账户${facts.added ? '添加' : '移除'}了通行密钥`,
      heading: facts.added ? '已添加通行密钥' : '已移除通行密钥',
      greeting: hello(facts.name),
      paragraphs: [
        facts.added
          ? `现在可以用新的通行密钥登录您的 ${site.name} 账户。`
          : `有一个通行密钥不再能登录您的 ${site.name} 账户。`,
      ],
      details: security(facts, [['通行密钥', facts.passkey]]),
      alarm: alarm(facts),
    }),
    'recovery-code-used': (facts, site) => ({
      ...plain,
      subject: `您的 ${site.name} 账户使用了恢复码`,
      heading: '有一个恢复码被使用',
      greeting: hello(facts.name),
      paragraphs: [
        `有人使用您的恢复码登录了您的 ${site.name} 账户。`,
        facts.left === 0
          ? '这是最后一个恢复码。请尽快生成新的恢复码，否则一旦丢失验证器应用，您将无法登录。'
          : `您还剩 ${facts.left} 个恢复码。`,
      ],
      details: security(facts),
      alarm: alarm(facts),
    }),
    'access-token-created': (facts, site) => ({
      ...plain,
      subject: `您的 ${site.name} 账户创建了个人访问令牌`,
      heading: '已创建个人访问令牌',
      greeting: hello(facts.name),
      paragraphs: [`持有该令牌的程序可以在授权范围内以您的身份使用 ${site.name}。`],
      details: security(facts, [['令牌', facts.token]]),
      alarm: alarm(facts, '请立即删除该令牌并保护您的账户'),
    }),
    invitation: ({ organization, inviter, roles, link, expiresAtMs }, site) => ({
      ...plain,
      subject: `邀请您加入 ${site.name} 上的 ${organization}`,
      heading: `加入 ${organization}`,
      greeting: hello(''),
      paragraphs: [`${inviter} 邀请您加入 ${site.name} 上的组织 ${organization}。`],
      details: roles.length === 0 ? [] : [['您的角色', roles.map((role) => roleNames[role] ?? role).join('、')]],
      action: { label: '查看邀请', link },
      notes: [usedOnce(expiresAtMs), '如果您不认识对方，请忽略这封邮件。'],
    }),
    'key-disabled': (facts, site) => ({
      ...plain,
      subject: `您在 ${site.name} 的密钥 ${facts.prefix}… 已停用`,
      heading: '您的密钥已停用',
      greeting: hello(facts.name),
      paragraphs: [`${facts.by} 停用了您在 ${facts.organization} 的一个密钥。从现在起，使用该密钥的请求将被拒绝。`],
      details: [
        ['密钥', facts.key],
        ['开头', `${facts.prefix}…`],
        ...(facts.reason === '' ? [] : [['原因', facts.reason] as const]),
      ],
      action: { label: '查看密钥', link: facts.link },
    }),
    'key-reported': (facts, site) => ({
      ...plain,
      subject: `您在 ${site.name} 的密钥 ${facts.prefix}… 已被他人知悉`,
      heading: '您的一个密钥已被他人知悉',
      greeting: hello(facts.name),
      paragraphs: [keySeen[facts.seen] ?? keySeen.form, keyDone(facts)],
      details: [
        ['密钥', facts.key],
        ['开头', `${facts.prefix}…`],
        ['组织', facts.organization],
      ],
      action: { label: '更换密钥', link: facts.link },
      notes: ['除您之外，我们未向任何人透露该密钥是否有效。'],
    }),
    'ticket-pressing': (facts, site) => ({
      ...plain,
      subject: `${facts.ticket} ${pressing[facts.what]}（${site.name}）`,
      heading: `${facts.ticket} ${pressing[facts.what]}`,
      greeting: hello(facts.name),
      paragraphs: ['具体内容只在工单中显示。'],
      details: [
        ['队列', facts.queue],
        ['优先级', facts.priority],
        ...(facts.dueAtMs === null ? [] : [['截止时间', moment(facts.dueAtMs)] as const]),
      ],
      action: { label: '打开工单', link: facts.link },
    }),
    test: ({ by }, site) => ({
      ...plain,
      subject: `${site.name} 测试邮件`,
      heading: '邮件发送正常',
      greeting: hello(''),
      paragraphs: [
        `${by} 请求 ${site.name} 发送这封测试邮件。您能收到它，说明验证、重设密码和安全提醒邮件也能正常送达。`,
      ],
    }),
  },
};
